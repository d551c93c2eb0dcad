import type { Ajv, Options } from 'ajv'
import { loadPackage } from '../package-files.ts'
import { boundErrors } from './bound-errors.ts'

/** The inner module of express-openapi-validator 5.6.2 that makes each Ajv. Its callers look the function up at each call. */
interface AjvFactory {
  factoryAjv: MakeAjv
}

type MakeAjv = ((version: string, options: Options) => Ajv) & { readonly isBounded?: true }

/** Has every Ajv that the validator makes from now on bound the errors of the code that it writes. No option can say so. */
export function boundErrorsOfAjv(factory = loadPackage<AjvFactory>('ajv-factory')): void {
  const make = factory.factoryAjv
  if (make.isBounded) return
  const makeBounded = (version: string, options: Options) =>
    make(version, { ...options, code: { ...options.code, process: boundErrors } })
  factory.factoryAjv = Object.assign(makeBounded, { isBounded: true as const })
}

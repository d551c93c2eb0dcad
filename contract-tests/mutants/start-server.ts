import { seamsOf } from './fault.ts'
import { FAULTS } from './faults.ts'
import { type Application, makeApplication } from './server/application.ts'
import { listen, type RunningServer } from './server/listen.ts'
import { makeRecords } from './server/records.ts'
import { VARIANTS } from './variants.ts'

/** Which server to start. */
export interface StartOptions {
  readonly fault?: string
  readonly variant?: string
  readonly seed?: number
  /** The key that the server accepts. */
  readonly key?: string
}

/** Starts a correct server, with one fault or variant where asked for. Throws on an id that the tables do not have. */
export const startServer = (options: StartOptions = {}): Promise<RunningServer> => listen(applicationOf(options))

/** The same server without its sockets. */
export function applicationOf({ fault, variant, seed, key }: StartOptions = {}): Application {
  const different = variant === undefined ? undefined : find(VARIANTS, variant)
  const faulty = fault === undefined ? undefined : find(FAULTS, fault)
  const records = makeRecords(seed)
  return makeApplication({
    seams: [different?.seams?.() ?? {}, faulty ? seamsOf(faulty) : {}],
    records: different?.records?.(records) ?? records,
    ...(key !== undefined && { key }),
  })
}

function find<T extends { readonly id: string }>(table: readonly T[], id: string): T {
  const row = table.find((candidate) => candidate.id === id)
  if (row === undefined) throw new Error(`There is no ${id} in the table.`)
  return row
}

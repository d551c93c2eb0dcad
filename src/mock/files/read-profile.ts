import { readFileSync } from 'node:fs'
import type { Ajv, ErrorObject, Options } from 'ajv'
import { printable } from '../../http/printable.ts'
import { DocumentError } from '../../openapi/document-error.ts'
import type { LineIndex } from '../../openapi/line-index.ts'
import { loadPackage, pathOf } from '../../openapi/package-files.ts'
import { readYaml } from '../../openapi/read-yaml.ts'
import type { Profile } from '../../ways/profile.ts'
import type { NamedProfile } from '../profile/named-profile.ts'

/** The profile of a file, or of a value of this process. Throws a DocumentError with pointer and line if it is none. */
export function readProfile(given: string | Profile): NamedProfile {
  if (typeof given !== 'string') return parseProfile(JSON.stringify(given, null, 2), 'the profile')
  let text: string
  try {
    text = readFileSync(given, 'utf8')
  } catch (error) {
    throw new DocumentError(`${given} cannot be read (${Object(error).code}). Name a readable profile.`)
  }
  return parseProfile(text, given)
}

/** Reads the text of a profile. */
export function parseProfile(text: string, source: string): NamedProfile {
  const { json, lines } = readYaml(text, source)
  const [error] = violationsOf(json)
  if (error) throw refusal(error, source, lines)
  return { profile: json as Profile, source, lines }
}

/** The package's own copy of Ajv, which knows no schema of draft 7 by name. */
interface AjvFactory {
  readonly factoryAjv: (version: string, options: Options) => Ajv
}

function violationsOf(json: unknown): readonly ErrorObject[] {
  const { $schema: _draft, ...schema } = JSON.parse(readFileSync(pathOf('docs/profile.schema.json'), 'utf8'))
  const { factoryAjv } = loadPackage<AjvFactory>('ajv-factory')
  const validate = factoryAjv('3.1.0', { strict: false }).compile(schema)
  return validate(json) ? [] : (validate.errors ?? [])
}

/** One line: where, what is wrong, and what would be right. */
function refusal(
  { instancePath, keyword, params, message }: ErrorObject,
  source: string,
  lines: LineIndex,
): DocumentError {
  const unknown = keyword === 'additionalProperties' ? `/${params.additionalProperty}` : ''
  const pointer = instancePath + unknown
  const allowed = params.allowedValues ?? params.allowedValue
  const what =
    unknown === ''
      ? `${message}${allowed === undefined ? '' : `: ${[allowed].flat().join(', ')}`}`
      : 'is no member of a profile'
  return new DocumentError(
    `${source}, line ${lines.get(pointer) ?? lines.get(instancePath) ?? 1}: ${printable(pointer || 'the profile')} ${what}. See docs/profile.schema.json.`,
    pointer,
  )
}

import type { ApiDocument } from './document.ts'
import { valueAt } from './json-pointer.ts'
import { samplePattern } from './sample-pattern.ts'
import type { Schema } from './schema.ts'
import type { ValueValidator } from './validators/value-validator.ts'

/** The source of made values. */
export interface ValueSource {
  readonly document: ApiDocument
  /** Made texts begin with it. */
  readonly prefix: string
  readonly seed: number
  /** The schemas of bodies and parameters whose examples conform to them. */
  readonly trusted: ReadonlySet<Schema>
}

/** Finds the schemas whose examples conform to them: those of a document may be wrong. */
export async function schemasWithExamples(
  validate: ValueValidator,
  source: Omit<ValueSource, 'trusted'>,
  schemas: readonly Schema[],
): Promise<ReadonlySet<Schema>> {
  const trusted = new Set<Schema>()
  for (const schema of schemas) {
    const value = validValue({ ...source, trusted: new Set([schema]) }, schema)
    if ((await validate(schema, value)).length === 0) trusted.add(schema)
  }
  return trusted
}

/** A value that the schema allows: its example, its default, or one made from its type; always the same for a seed. */
export const validValue = (source: ValueSource, schema: Schema, name = ''): unknown =>
  makeValue(source, schema, name, source.trusted.has(schema))

function makeValue(source: ValueSource, schema: Schema, name: string, usesExamples: boolean): unknown {
  const { example = schema.default } = schema
  if (example !== undefined && usesExamples) return example
  const { items } = schema
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties).map(([key, child]) => [key, makeValue(source, child, key, usesExamples)]),
      )
    case 'array':
      return items
        ? Array.from({ length: leastItems(source, schema) }, () => makeValue(source, items, name, usesExamples))
        : []
    case 'integer':
      return validNumber(source, schema, 1 + (source.seed % 100))
    case 'number':
      return validNumber(source, schema, 1.5 + (source.seed % 100))
    case 'boolean':
      return true
    default:
      return schema.enum?.[0] ?? validText(source, schema, name)
  }
}

/** The object with its required fields alone; any other value as it is. */
export const requiredOnly = (schema: Schema, value: unknown): unknown =>
  schema.type === 'object'
    ? Object.fromEntries(Object.entries(Object(value)).filter(([name]) => schema.required.includes(name)))
    : value

/** A keyword that only the validator knows, as the document has it. */
const keywordOf = ({ document }: ValueSource, { pointer }: Schema, keyword: string) =>
  valueAt(document.json, `${pointer}/${keyword}`)

function numberAt(source: ValueSource, schema: Schema, keyword: string): number | undefined {
  const value = keywordOf(source, schema, keyword)
  return typeof value === 'number' ? value : undefined
}

const leastItems = (source: ValueSource, schema: Schema) => Math.max(1, numberAt(source, schema, 'minItems') ?? 1)

/** The number nearest to the wish that is in the range, rounded up to a multiple if the schema asks for one. */
function validNumber(source: ValueSource, schema: Schema, wish: number): number {
  const multiple = numberAt(source, schema, 'multipleOf')
  const gap = (keyword: string) => (keywordOf(source, schema, keyword) === true ? (multiple ?? 1) : 0)
  const least = (numberAt(source, schema, 'minimum') ?? -Infinity) + gap('exclusiveMinimum')
  const most = (numberAt(source, schema, 'maximum') ?? Infinity) - gap('exclusiveMaximum')
  const value = Math.max(Math.min(wish, most), least)
  return multiple ? Math.ceil(value / multiple) * multiple : value
}

/** One text for each format of OpenAPI 3.0 that has a grammar. Those that often must be unique depend on the source. */
const textsByFormat = ({ prefix, seed }: ValueSource): Readonly<Record<string, string>> => ({
  date: '2030-01-02',
  time: '03:04:05Z',
  'date-time': '2030-01-02T03:04:05Z',
  duration: 'P1D',
  uuid: `00000000-0000-4000-8000-${String(seed).padStart(12, '0')}`,
  email: `${prefix.toLowerCase()}@mail.example`,
  hostname: `${prefix.toLowerCase()}.example`,
  uri: 'https://mail.example/one',
  url: 'https://mail.example/one',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  byte: 'b25l',
})

/** Servers often expect an address in a field of that name, whatever its schema says. */
const formatOf = ({ format = '' }: Schema, name: string) => (/e-?mail/i.test(name) ? 'email' : format)

function validText(source: ValueSource, schema: Schema, name: string): string {
  const text = textsByFormat(source)[formatOf(schema, name)] ?? `${source.prefix}${name}`
  const longer = text.padEnd(numberAt(source, schema, 'minLength') ?? 0, 'x')
  const made = longer.slice(0, numberAt(source, schema, 'maxLength') ?? longer.length)
  const pattern = keywordOf(source, schema, 'pattern')
  return typeof pattern === 'string' ? (samplePattern(pattern, numberAt(source, schema, 'minLength')) ?? made) : made
}

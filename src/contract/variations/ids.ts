import { NOBODYS } from '../guard.ts'
import type { Plain, Variation } from './variation.ts'

/** A text in the place of an id, made from an id that is there. */
interface IdSpelling {
  readonly about: string
  readonly make: (id: number) => string
  /**
   * `nowhere`: no integer in any spelling. `another`: another id, or a text
   * that a firewall may refuse: it must not show the record. `open`: a spelling
   * that some languages read as an integer.
   */
  readonly demand: 'nowhere' | 'another' | 'open'
}

const spelled = (demand: IdSpelling['demand'], rows: Readonly<Record<string, (id: number) => string>>): IdSpelling[] =>
  Object.entries(rows).map(([about, make]) => ({ about, make, demand }))

const digitsFrom = (zero: string) => (id: number) =>
  [...String(id)].map((digit) => String.fromCodePoint((zero.codePointAt(0) ?? 0) + Number(digit))).join('')

/** Ids at the edges, and texts that programs take for one. */
const ID_SPELLINGS: readonly IdSpelling[] = [
  ...spelled('nowhere', {
    'two ids with a comma': (id) => `${id},${id}`,
    'two ids with a blank': (id) => `${id} ${id}`,
    'an id with a slash, escaped': (id) => `${id}/x`,
    'an id with a dollar sign': (id) => `$${id}`,
    'an id with a letter before': (id) => `x${id}`,
    'an id with two signs': (id) => `--${id}`,
    'an id of a fraction of zero digits': (id) => `${id}.x`,
    'NaN for an id': () => 'NaN',
    'Infinity for an id': () => 'Infinity',
    'true for an id': () => 'true',
    'null for an id': () => 'null',
    'undefined for an id': () => 'undefined',
    'an object for an id': () => '[object Object]',
    'the placeholder for an id': () => '{petId}',
    'a colon and a name for an id': () => ':petId',
    'a star for an id': () => '*',
    'a percent sign for an id': () => '%',
    'a UUID for an id': () => '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
    'dots for an id': () => '...',
    'constructor for an id': () => 'constructor',
    '__proto__ for an id': () => '__proto__',
    'length for an id': () => 'length',
    'an id of 400 digits': () => '9'.repeat(400),
    'an id with a huge exponent': () => '1e400',
    'one more than int64': () => '9223372036854775808',
    'one less than int64': () => '-9223372036854775809',
  }),
  ...spelled('another', {
    'an id with a quote': (id) => `${id}'`,
    'an id with SQL': (id) => `${id} OR 1=1`,
    'an id with a comment of SQL': (id) => `${id}--`,
    'an id in brackets': (id) => `[${id}]`,
    'an id in braces': (id) => `{"$gt":${id}}`,
    'an id with a script': (id) => `${id}<script>alert(1)</script>`,
    'an id with a format': (id) => `${id}%s%n`,
    'the id and 2^32': (id) => String(id + 2 ** 32),
    'the id and 2^31': (id) => String(id + 2 ** 31),
    'the id and 2^16': (id) => String(id + 2 ** 16),
    'the id, negative': (id) => String(-id),
    'the id ten times': (id) => String(id).repeat(10),
    'the highest id of 53 bits': () => String(Number.MAX_SAFE_INTEGER),
    'an id that nobody has': (id) => String(NOBODYS + 900_000 + (id % 1000)),
  }),
  ...spelled('open', {
    'a sign before the id': (id) => `+${id}`,
    'a zero before the id': (id) => `0${id}`,
    'zeros before the id': (id) => `000000${id}`,
    'a fraction of zero': (id) => `${id}.0`,
    'a point after the id': (id) => `${id}.`,
    'a blank before the id': (id) => ` ${id}`,
    'a blank after the id': (id) => `${id} `,
    'a tab after the id': (id) => `${id}\t`,
    'a line break after the id': (id) => `${id}\n`,
    'a zero byte after the id': (id) => `${id}\0`,
    'an underscore in the id': (id) => `${id}_0`,
    'an L after the id': (id) => `${id}L`,
    'an n after the id': (id) => `${id}n`,
    'octal digits': (id) => `0o${id.toString(8)}`,
    'binary digits': (id) => `0b${id.toString(2)}`,
    'Arabic digits': digitsFrom('\u0660'),
    'Devanagari digits': digitsFrom('\u0966'),
    'wide digits': digitsFrom('\uFF10'),
    'raised digits': () => '\u00B2',
    'minus zero': () => '-0',
    'a way up for an id': () => '../store/inventory',
    zero: () => '0',
    'the highest int32': () => String(2 ** 31 - 1),
    'one more than int32': () => String(2 ** 31),
    'the lowest int32': () => String(-(2 ** 31)),
    '2^53': () => String(2 ** 53),
    'one more than 2^53': () => '9007199254740993',
    'the highest int64': () => '9223372036854775807',
    'the lowest int64': () => '-9223372036854775808',
    'the highest unsigned int64': () => '18446744073709551615',
  }),
]

/** The parameter of the path that is an integer, and its value; undefined if there is none. */
function idOf({ operation, sending }: Plain): { readonly name: string; readonly id: number } | undefined {
  const [parameter] = operation.parameters.filter((one) => one.in === 'path' && one.schema.type === 'integer')
  const id = Number(sending.path?.[parameter?.name ?? ''])
  return parameter && Number.isSafeInteger(id) && id > 0 ? { name: parameter.name, id } : undefined
}

/** Every spelling, for each operation whose path has an integer. */
export const ids: readonly Variation[] = ID_SPELLINGS.map(({ about, make, demand }) => ({
  about,
  demand,
  ...(demand === 'open' && { isRare: true }),
  change: (plain) => {
    const known = idOf(plain)
    return known && { path: { ...plain.sending.path, [known.name]: make(known.id) } }
  },
}))

import type { Variation } from './variation.ts'

/** Values of Accept-Encoding (RFC 9110, section 12.5.3), and the codings that each of them refuses. */
const VALUES: readonly (readonly [value: string, refused: readonly string[]])[] = [
  ['identity', ['gzip', 'br', 'deflate']],
  ['', ['gzip', 'br', 'deflate']],
  ['gzip', ['br', 'deflate']],
  ['gzip;q=0', ['gzip', 'br', 'deflate']],
  ['gzip;q=0.0, br;q=0, deflate;q=0', ['gzip', 'br', 'deflate']],
  ['identity;q=1, *;q=0', ['gzip', 'br', 'deflate']],
  ['br', ['gzip', 'deflate']],
  ['deflate', ['gzip', 'br']],
  ['GZIP', ['br', 'deflate']],
  ['gzip;q=0.5, br;q=0, *;q=0.1', ['br']],
  ['x-contract', ['gzip', 'br', 'deflate']],
]

const OFTEN: readonly string[] = ['identity', 'gzip', 'gzip;q=0']

/** Every value of the table, for readings. */
export const acceptEncodings: readonly Variation[] = VALUES.map(([value]) => ({
  about: `Accept-Encoding: ${value}`,
  demand: 'accepted',
  ...(!OFTEN.includes(value) && { isRare: true }),
  change: ({ operation }) => (operation.method === 'GET' ? { headers: { 'Accept-Encoding': value } } : undefined),
}))

/** The codings that an Accept-Encoding of the table refuses; none for any other. */
export const refusedCodings = (value: string | undefined): readonly string[] =>
  VALUES.find(([other]) => other === value)?.[1] ?? []

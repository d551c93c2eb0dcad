import { mediaTypesOf } from '../../http/answers/published.ts'
import type { Plain, Variation } from './variation.ts'

/** Values of Accept that take JSON, or anything: the answer must be a success. */
const WIDE = [
  '*/*;q=0.1',
  '*/*; q=1.0',
  'application/*;q=0.8',
  'application/json;q=0.5',
  'application/json; q=0.001',
  'APPLICATION/JSON',
  'application/json ,*/* ; q=0.2',
  'image/png, application/json;q=0.9',
  'image/avif,image/webp,application/xml;q=0.9,*/*;q=0.8',
  'application/problem+json, application/json',
  ', application/json',
  `${Array.from({ length: 60 }, (_, index) => `text/x-${index}`).join(', ')}, application/json`,
]

/** Values of Accept that nothing meets, or that HTTP does not know: refusing and ignoring them are both right. */
const UNMET = [
  ...['image/png', 'text/*', 'application/json;q=0', '*/*;q=0', 'json', 'application/', '/', ';q=1', 'a/b;q=x'],
  ...[
    'application/json;charset=utf-8',
    'application/json;version=1',
    'application/json;q=2',
    'application/vnd.api+json',
  ],
]

/** Values of Accept that leave one of two media types (RFC 9110, section 12.4.2: a quality of 0 is not acceptable). */
const ONE_LEFT: readonly (readonly [accept: string, gives: string])[] = [
  ['application/xml, application/json;q=0', 'application/xml'],
  ['application/json, application/xml;q=0', 'application/json'],
  ['application/json;q=0, application/xml', 'application/xml'],
  ['application/xml;q=0.5', 'application/xml'],
  ['APPLICATION/XML', 'application/xml'],
  ['*/*, application/json;q=0', 'application/xml'],
  ['image/png, application/xml', 'application/xml'],
]

/** Values of Accept that prefer one of two media types. */
const PREFERRED: readonly (readonly [accept: string, gives: string])[] = [
  ['application/xml;q=0.9, application/json;q=0.1', 'application/xml'],
  ['application/json;q=0.1, application/xml;q=0.9', 'application/xml'],
  ['application/json;q=0.125, application/xml;q=0.875', 'application/xml'],
  ['application/xml;q=0.1, application/json;q=0.9', 'application/json'],
  ['application/json, application/xml;q=0.5', 'application/json'],
  ['application/xml, */*;q=0.1', 'application/xml'],
]

/** A value that a write may be refused for. */
export const unmetAccept: readonly Variation[] = [
  { about: 'Accept: image/png on a write', demand: 'open', change: () => ({ accept: 'image/png' }) },
]

const hasBoth = ({ operation }: Plain) => mediaTypesOf(operation).length > 1

const isOfType = ({ operation }: Plain, type: string) => mediaTypesOf(operation).includes(type)

/** Values of Accept for every operation whose success has a body. */
export const accepts: readonly Variation[] = [
  ...WIDE.map(
    (accept, index): Variation => ({
      about: `Accept: ${shorten(accept)}`,
      demand: 'accepted',
      ...(index > 3 && { isRare: true }),
      change: (plain) => (isOfType(plain, 'application/json') ? { accept } : undefined),
    }),
  ),
  ...UNMET.map(
    (accept): Variation => ({ about: `Accept: ${accept}`, demand: 'open', isRare: true, change: () => ({ accept }) }),
  ),
  ...[...ONE_LEFT, ...PREFERRED].map(
    ([accept]): Variation => ({
      about: `Accept: ${accept}`,
      demand: 'accepted',
      change: (plain) => (hasBoth(plain) ? { accept } : undefined),
    }),
  ),
]

/** The media type that an Accept of the tables leaves, or prefers; undefined if it leaves both. */
export function wantedType(
  accept: string | undefined,
): { readonly type: string; readonly isOnly: boolean } | undefined {
  const [, only] = ONE_LEFT.find(([value]) => value === accept) ?? []
  const [, preferred] = PREFERRED.find(([value]) => value === accept) ?? []
  const type = only ?? preferred
  return type === undefined ? undefined : { type, isOnly: only !== undefined }
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 40)} … ${text.slice(-30)}` : text
}

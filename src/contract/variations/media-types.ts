import type { Variation } from './variation.ts'

type Spell = (type: string) => string

/** A media type without the parameters, and the parameters. */
const parts = (type: string) => {
  const at = type.indexOf(';')
  return at < 0 ? ([type, ''] as const) : ([type.slice(0, at), type.slice(at)] as const)
}

const renamed =
  (rename: (name: string) => string): Spell =>
  (type) => {
    const [name, parameters] = parts(type)
    return rename(name) + parameters
  }

const capital = (name: string) => name.replace(/\b[a-z]/g, (letter) => letter.toUpperCase())

/** Spellings of one and the same media type (RFC 9110, sections 5.6.6 and 8.3.1). */
const SAME: Readonly<Record<string, Spell>> = {
  'in capitals': renamed((name) => name.toUpperCase()),
  'with capitals': renamed(capital),
  'with a charset': (type) => `${type}; charset=utf-8`,
  'with a charset in capitals': (type) => `${type}; charset=UTF-8`,
  'with a charset and no blank': (type) => `${type};charset=utf-8`,
  'with a charset between quotes': (type) => `${type}; charset="utf-8"`,
  'with Charset': (type) => `${type}; Charset=UTF-8`,
  'with a blank before the semicolon': (type) => `${type} ; charset=utf-8`,
}

/** Media types that no operation names. Text and bytes of another kind must not be taken for a record. */
const OTHERS = ['text/plain', 'text/html', 'application/octet-stream', 'image/png', 'application/jsonx']

/** Media types that some servers read as JSON or XML, and spellings of which HTTP says little. */
const UNSURE = [
  ...['text/json', 'text/xml', 'application/x-json', 'application/vnd.api+json', 'application/merge-patch+json'],
  ...['application/json; charset=utf-16', 'application/json, text/plain', 'application/json;', '*/*', 'json', '/', ';'],
]

const sendsBody = (sending: { readonly json?: unknown; readonly body?: unknown }) =>
  sending.json !== undefined || sending.body !== undefined

const typeOf = ({ json, type }: { readonly json?: unknown; readonly type?: string }) =>
  type ?? (json === undefined ? undefined : 'application/json')

/** Valid spellings of the media type of the body. */
export const sameMediaTypes: readonly Variation[] = Object.entries(SAME).map(([how, spell]) => ({
  about: `a media type ${how}`,
  demand: 'accepted',
  change: ({ sending }) => {
    const type = typeOf(sending)
    return type === undefined ? undefined : { type: spell(type) }
  },
}))

/** Other media types than the operation names, for bytes that are a valid body. */
export const otherMediaTypes: readonly Variation[] = [
  ...OTHERS.map((type): Variation => otherType(type, 'refused')),
  ...UNSURE.map((type): Variation => otherType(type, 'open')),
]

function otherType(type: string, demand: Variation['demand']): Variation {
  return {
    about: `a body as ${type}`,
    demand,
    ...(demand === 'open' && { isRare: true }),
    change: ({ sending }) =>
      sendsBody(sending) && !/multipart|urlencoded/.test(sending.type ?? '') ? { type } : undefined,
  }
}

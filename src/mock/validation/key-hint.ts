import type { MockRequest } from '../exchange/request.ts'

/** The usual slip behind a key that did not arrive, as a sentence to add; '' if none is seen. The key is never in it. */
export function keyHint({ headers, target }: Pick<MockRequest, 'headers' | 'target'>): string {
  const key = headers.api_key
  if (key !== undefined && /^(bearer|basic|apikey)\s/i.test(String(key)))
    return ' Send the key alone, without a scheme.'
  if (key !== undefined && key !== '') return ''
  const alias = Object.keys(headers).find((name) => ALIASES.has(name.replace(/[-_]/g, '')))
  if (alias !== undefined) return ` It seems to have come as ${alias}; the name here is api_key.`
  if (headers.authorization !== undefined)
    return ' It seems to have come as Authorization; this API reads api_key alone.'
  if (/[?&](x[-_])?(api[-_]?)?key=/i.test(target))
    return ' It seems to have come in the query; this API reads the header alone.'
  return headers.via !== undefined || headers['x-forwarded-for'] !== undefined ? PROXY : ''
}

const ALIASES: ReadonlySet<string> = new Set(['apikey', 'xapikey', 'key', 'xkey', 'accesskey', 'xauthtoken', 'token'])

const PROXY =
  ' This request came through a proxy, and some, such as nginx, drop header names with an underscore: allow them there (nginx: underscores_in_headers on).'

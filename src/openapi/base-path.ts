import { DocumentError } from './document-error.ts'
import type { JsonObject } from './json-object.ts'

/** A server of OpenAPI 3.0 (section 4.7.5); OpenAPI's own schema has been checked. */
interface Server {
  readonly url: string
  readonly variables?: Readonly<Record<string, { readonly default: string }>>
}

/** The path of the first server, without a slash at its end; '' for a document that names no server (section 4.7.1.1). */
export function readBasePath({ servers }: JsonObject): string {
  const [server = { url: '/' }] = (servers ?? []) as readonly Server[]
  const url = server.url.replaceAll(/\{([^{}]*)\}/g, (_all, name: string) => defaultOf(server, name))
  if (!URL.canParse(url, ANY_BASE))
    throw new DocumentError(`/servers/0/url is ${url}, which is no URL. Write one, such as https://api.example/v2.`, AT)
  return new URL(url, ANY_BASE).pathname.replace(/(?<!\/)\/+$/, '')
}

const AT = '/servers/0/url'

/** A relative URL is relative to the place of the document, of which only the path would matter. */
const ANY_BASE = 'http://localhost/'

function defaultOf({ variables = {} }: Server, name: string): string {
  const { default: value } = (Object.hasOwn(variables, name) ? variables[name] : undefined) ?? {}
  if (value !== undefined) return value
  throw new DocumentError(`/servers/0/url has {${name}}, and /servers/0/variables no default for it. Add one.`, AT)
}

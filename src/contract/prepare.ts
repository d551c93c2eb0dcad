import { CODINGS } from '../http/answers/content-codings.ts'
import { type BaseUrl, readBaseUrl } from '../http/base-url.ts'
import { proxyFor } from '../http/transport/proxy.ts'
import { openSocketTransport } from '../http/transport/socket-transport.ts'
import type { Access, Bounds } from '../http/transport/transport.ts'
import { readVersion } from '../openapi/package-files.ts'
import { chooseMode } from './choose-mode.ts'
import type { ContractOptions } from './contract-options.ts'
import { DEFAULTS } from './defaults.ts'
import { headerProblem } from './extra-headers.ts'
import type { Mode } from './report.ts'
import { openFetchTransport } from './transport/fetch-transport.ts'

/** The options that say how the server is reached. */
type Reaching = Pick<ContractOptions, 'baseUrl' | 'headers' | 'ca' | 'cert' | 'key' | 'proxy'>

/** The options after a look at those that can be wrong. */
export interface Prepared<Options extends Reaching> {
  /** With a base URL that outputs may contain; its user and password are among the headers. */
  readonly options: Options & { readonly headers: Readonly<Record<string, string>> }
  readonly access: Access
  /** Why no run can begin; '' if it can. */
  readonly problem: string
}

/** Stands for a base URL that is none. */
const NOWHERE: BaseUrl = { url: 'http://nowhere.invalid' }

/** Looks at the options. A wrong one is a problem, since a run resolves whatever happens. */
export function prepare<Options extends Reaching>(given: Options): Prepared<Options> {
  const named = readBaseUrl(given.baseUrl)
  const { url, authorization } = typeof named === 'string' ? NOWHERE : named
  const headers = { ...(authorization !== undefined && { Authorization: authorization }), ...given.headers }
  const proxy = proxyFor(new URL(url), given.proxy ?? {})
  const problems = [
    typeof named === 'string' ? `The base URL must be ${named}.` : '',
    typeof proxy === 'string' ? proxy : '',
    ...Object.entries(headers).map(([name, value]) => describeHeader(name, headerProblem(name, value))),
  ]
  const { ca, cert, key } = given
  const access: Access = {
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    ...(proxy instanceof URL && { proxy }),
  }
  return { options: { ...given, baseUrl: url, headers }, access, problem: problems.find(Boolean) ?? '' }
}

const describeHeader = (name: string, problem: string) =>
  problem === '' ? '' : `The header ${name} must be ${problem}.`

export const boundsOf = ({ timeoutMs, maxBytes }: ContractOptions): Bounds => ({
  timeoutMs: timeoutMs ?? DEFAULTS.timeoutMs,
  maxBytes: maxBytes ?? DEFAULTS.maxBytes,
})

/** The headers that every request has besides its own. Gateways refuse clients that do not say who they are. */
export const headersOf = ({
  headers,
  fetch,
}: Pick<ContractOptions, 'headers' | 'fetch'>): Readonly<Record<string, string>> => ({
  'User-Agent': `inboxes-mock/${readVersion()} (contract suite)`,
  // A fetch may decode by itself, and says so nowhere.
  ...(fetch === undefined && { 'Accept-Encoding': CODINGS.filter((name) => ASKED.includes(name)).join(', ') }),
  ...headers,
})

const ASKED = ['gzip', 'deflate', 'br']

/** Milliseconds for one answer to the question whether the server is the mock, which is quick. */
const ASKING_MS = 5000

/** The mode of the options, or the one for the server, which is asked whether it is the mock. */
export async function modeFor(options: ContractOptions, access: Access, signal: AbortSignal): Promise<Mode> {
  if (options.mode) return options.mode
  const { baseUrl, fetch } = options
  const bounds = { ...boundsOf(options), timeoutMs: Math.min(boundsOf(options).timeoutMs, ASKING_MS) }
  const open = (url: string) =>
    fetch ? openFetchTransport(fetch, url, bounds) : openSocketTransport(url, bounds, access)
  const [api, origin] = [open(baseUrl), open(new URL(baseUrl).origin)]
  const get = (path: string, headers = {}) => ({ method: 'GET', path, headers: { ...headersOf(options), ...headers } })
  const ask = {
    api: (path: string, headers: Readonly<Record<string, string>>) => api.send(get(path, headers), signal),
    origin: (path: string) => origin.send(get(path), signal),
  }
  const mode = await chooseMode(ask, baseUrl, access.proxy !== undefined)
  api.close()
  origin.close()
  return mode
}

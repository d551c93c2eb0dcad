import { readBaseUrl } from '../../http/base-url.ts'
import {
  SCRUBBED_FIELDS,
  type ScrubbedField,
  UPSTREAM_DEFAULTS,
  UPSTREAM_MODES,
  type UpstreamMode,
  type UpstreamOptions,
} from '../../mock/upstream/upstream-options.ts'
import { nearest } from '../../openapi/nearest.ts'
import type { Flag } from './flag.ts'
import { type Reading, readChoice, readSwitch, readText, readWholeNumber } from './read-values.ts'

/** The settings of a mock that stands in front of a live server. */
export interface UpstreamConfig {
  /** The URL of the live server. */
  readonly upstreamUrl?: string
  readonly upstreamMode: UpstreamMode
  /** `client` sends the client's own key, not that of INBOXES_API_KEY. */
  readonly upstreamKey?: 'client'
  readonly pass: readonly string[]
  readonly mock: readonly string[]
  readonly strictUpstream: boolean
  readonly upstreamTimeoutMs: number
  readonly upstreamBytes: number
  /** Path of a PEM file. */
  readonly ca?: string
  readonly httpProxy?: string
  readonly httpsProxy?: string
  readonly noProxy?: string
  /** Path of the state file with what the live server has shown. */
  readonly record?: string
  /** Path of an HTTP archive. */
  readonly har?: string
  /** Fields of users that a recording shows as they are. */
  readonly keep: readonly ScrubbedField[]
}

const MOST_MS = 2 ** 31 - 1

const ofLast =
  <T>(read: (text: string) => Reading<T>): Flag<T>['read'] =>
  (texts) =>
    read(texts.at(-1) ?? '')

const text = (
  name: string,
  argument: string,
  summary: string,
  example: string,
): Flag<string> & Flag<string | undefined> => ({
  name,
  argument,
  summary,
  example,
  shownDefault: 'none',
  fallback: undefined as string & undefined,
  read: ofLast(readText),
})

const operations = (name: string, summary: string): Flag<readonly string[]> => ({
  name,
  argument: 'OPERATION',
  summary,
  example: 'getPetById',
  shownDefault: 'none',
  fallback: Object.freeze([]),
  repeatable: true,
  read: (texts) => ({ value: Object.freeze([...texts]) }),
})

/** The flags that make an UpstreamConfig, in the order in which `--help` lists them. */
export const UPSTREAM_FLAGS: { readonly [Key in keyof UpstreamConfig]-?: Flag<UpstreamConfig[Key]> } = {
  upstreamUrl: {
    ...text('upstream', 'URL', 'live server to stand in front of, with its base path', 'https://staging.example/v2'),
    read: ofLast(readUpstream),
    secret: true,
  },
  upstreamMode: {
    name: 'upstream-mode',
    argument: 'MODE',
    summary: 'read: writes stay here; check, full: all goes live',
    fallback: 'read',
    shownDefault: 'read',
    example: 'check',
    read: ofLast((given) => readChoice(given, UPSTREAM_MODES)),
  },
  upstreamKey: {
    name: 'upstream-key',
    argument: 'client',
    summary: "send the client's own key, not that of INBOXES_API_KEY",
    fallback: undefined,
    shownDefault: 'that of INBOXES_API_KEY',
    example: 'client',
    secret: true,
    read: ofLast((given) => readChoice(given, ['client'] as const)),
  },
  pass: operations('pass', 'operation that goes live whatever the mode says; repeatable'),
  mock: operations('mock', 'operation that the mock answers whatever the mode says; repeatable'),
  strictUpstream: {
    name: 'strict-upstream',
    summary: 'answer 502 where the live answer breaks the document',
    fallback: false,
    shownDefault: 'off',
    example: 'true',
    read: ofLast(readSwitch),
  },
  upstreamTimeoutMs: {
    name: 'upstream-timeout',
    argument: 'MS',
    summary: 'milliseconds for one live answer',
    fallback: UPSTREAM_DEFAULTS.timeoutMs,
    shownDefault: String(UPSTREAM_DEFAULTS.timeoutMs),
    example: '5000',
    read: ofLast((given) => readWholeNumber(given, 1, MOST_MS)),
  },
  upstreamBytes: {
    name: 'upstream-bytes',
    argument: 'NUMBER',
    summary: 'bytes of one live answer, as received and as decoded',
    fallback: UPSTREAM_DEFAULTS.maxBytes,
    shownDefault: String(UPSTREAM_DEFAULTS.maxBytes),
    example: '100000000',
    read: ofLast((given) => readWholeNumber(given, 1, MOST_MS)),
  },
  ca: text('ca', 'FILE', 'certificate of an authority to trust besides the usual ones', 'ca.pem'),
  httpProxy: {
    ...text('http-proxy', 'URL', 'proxy to live servers of http URLs', 'http://proxy.example:3128'),
    secret: true,
    customary: ['http_proxy', 'HTTP_PROXY'],
  },
  httpsProxy: {
    ...text('https-proxy', 'URL', 'proxy to live servers of https URLs', 'http://proxy.example:3128'),
    secret: true,
    customary: ['https_proxy', 'HTTPS_PROXY'],
  },
  noProxy: {
    ...text('no-proxy', 'HOSTS', 'hosts to reach without a proxy', 'localhost,.example'),
    customary: ['no_proxy', 'NO_PROXY'],
  },
  record: text('record', 'FILE', 'state file to write what the live server has shown to', 'staging.json'),
  har: text('har', 'FILE', 'HTTP archive to append the requests to', 'staging.har'),
  keep: {
    name: 'keep',
    argument: 'FIELD',
    summary: 'field of users, such as email, to record as it is; repeatable',
    fallback: Object.freeze([]),
    shownDefault: 'none',
    example: 'firstName',
    repeatable: true,
    read: readFields,
  },
}

/** A key must not stand on the command line, and neither must a password. */
function readUpstream(given: string): Reading<string> {
  const read = readBaseUrl(given)
  if (typeof read === 'string') return { expected: read }
  return read.authorization === undefined ? { value: read.url } : { expected: 'a URL without a user and password' }
}

function readFields(texts: readonly string[]): Reading<readonly ScrubbedField[]> {
  const fields = texts.flatMap((given) => SCRUBBED_FIELDS.find((field) => field === given) ?? [])
  const unknown = texts.find((given) => !fields.some((field) => field === given)) ?? ''
  return fields.length === texts.length
    ? { value: fields }
    : { expected: `one of ${SCRUBBED_FIELDS.join(', ')}`, suggestion: nearest(unknown, SCRUBBED_FIELDS) }
}

/** The options of the live server, without the certificate that a file has; undefined without a live server. */
export function upstreamOf(
  config: UpstreamConfig,
  { INBOXES_API_KEY: key }: Readonly<Record<string, string | undefined>>,
): UpstreamOptions | undefined {
  const { upstreamUrl: url, httpProxy: http, httpsProxy: https, noProxy: none } = config
  if (url === undefined) return undefined
  return {
    url,
    mode: config.upstreamMode,
    pass: config.pass,
    mock: config.mock,
    strict: config.strictUpstream,
    timeoutMs: config.upstreamTimeoutMs,
    maxBytes: config.upstreamBytes,
    keep: config.keep,
    proxy: { ...(http && { http }), ...(https && { https }), ...(none && { none }) },
    ...(config.upstreamKey === 'client' ? { clientKey: true } : key ? { key } : {}),
  }
}

/** The problem of flags that need each other; undefined if there is none. */
export function upstreamProblem(config: UpstreamConfig & { readonly state?: string }): string | undefined {
  const { upstreamUrl, record, har, state } = config
  const alone = record !== undefined ? '--record' : har !== undefined ? '--har' : undefined
  if (upstreamUrl === undefined && alone !== undefined)
    return `${alone} needs a live server to record. For example: ${alone} FILE --upstream https://staging.example/v2`
  if (record !== undefined && record === state)
    return '--record and --state must be two files: the recording is written anew from what the live server shows.'
  return undefined
}

import { isDay } from '../../contract/day.ts'
import { DEFAULTS } from '../../contract/defaults.ts'
import { headerProblem } from '../../contract/extra-headers.ts'
import { parseSequencePath } from '../../contract/model/sequence-path.ts'
import type { Depth } from '../../contract/report.ts'
import { type BaseUrl, readBaseUrl } from '../../http/base-url.ts'
import { DEFAULT_ORIGIN, DEFAULTS as MOCK } from '../../mock/defaults.ts'
import { nearest } from '../../openapi/nearest.ts'
import { type Flag, last } from './flags.ts'
import { type Reading, readChoice, readKeys, readSwitch, readText, readWholeNumber } from './read-values.ts'
import type { FlagTable } from './settings.ts'

/** The format of a report and the file to write it to; standard output without one. */
export interface ReportTarget {
  readonly format: ReportFormat
  readonly file?: string
}

export const REPORT_FORMATS = ['text', 'json', 'junit', 'html', 'sarif', 'github', 'markdown'] as const
export type ReportFormat = (typeof REPORT_FORMATS)[number]

export const DEPTHS = ['quick', 'usual', 'thorough'] as const

export const MODES = ['safe', 'owned', 'full'] as const

/** The settings of a contract run. */
export interface ContractConfig {
  /** Without it, the run checks a mock in this process. */
  readonly baseUrl?: BaseUrl
  /** The document that the server is held to; without it, the packaged one. */
  readonly document?: string
  /** The profile of the mock in this process. */
  readonly profile?: string
  readonly apiKey?: string
  /** Names and values of headers that every request has. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** Files in PEM: an authority to trust, and this client's certificate and key. */
  readonly ca?: string
  readonly cert?: string
  readonly key?: string
  /** URLs of proxies, and the hosts that need none. */
  readonly httpProxy?: string
  readonly httpsProxy?: string
  readonly noProxy?: string
  /** Without it: `full` for a mock, else `owned` on this machine, and `safe` elsewhere. */
  readonly mode?: (typeof MODES)[number]
  readonly seed: number
  /** Makes the names of the run's records its own. */
  readonly runId?: string
  /** Maximum of requests per second. */
  readonly rate?: number
  readonly only: readonly string[]
  readonly plan: boolean
  readonly timeoutMs: number
  /** Bytes of one response's body. */
  readonly maxBytes: number
  /** Milliseconds for the whole run. */
  readonly maxMs?: number
  /** Counts advice as failures. */
  readonly strict: boolean
  readonly baseline?: string
  /** The file of a baseline that accepts what fails now, and the owner and last day of its new entries. */
  readonly writeBaseline?: string
  readonly baselineOwner?: string
  readonly baselineExpires?: string
  /** Percent of the document's cells that must be reached. */
  readonly minCoverage?: number
  readonly reports: readonly ReportTarget[]
  /** The file of the clean-up log, which lists the records that owned mode has created. */
  readonly journal: string
  /** Lets owned mode create records that the API cannot remove. */
  readonly allowLeftovers: boolean
  /** Number of random sequences to try. */
  readonly sequences?: number
  readonly depth: Depth
  /** Tries only this sequence. A finding prints its path. */
  readonly sequencePath?: string
  readonly quiet: boolean
}

/** The owner of a new entry of a baseline by default. */
export const UNKNOWN_OWNER = 'unknown'
/** Days for which a new entry of a baseline is accepted by default. */
export const ACCEPTED_DAYS = 90

const MOST = 2 ** 31 - 1
const PREFIX = 'INBOXES_CONTRACT_'

/** The flags that make a ContractConfig, in the order in which `contract --help` lists them. */
export const CONTRACT_FLAGS: FlagTable<ContractConfig> = {
  baseUrl: {
    ...valued(
      'base-url',
      'URL',
      'server to check, with its base path; without it, a mock in this process',
      'none',
      `${DEFAULT_ORIGIN}/v2`,
      readTarget,
    ),
    // It may have a password.
    secret: true,
  },
  document: valued(
    'document',
    'FILE',
    'OpenAPI document to hold the server to, such as that of the next version',
    'the published one',
    'next.yaml',
    readText,
  ),
  profile: valued(
    'profile',
    'FILE',
    'profile of the mock that is checked without --base-url',
    'none',
    'staging.profile.json',
    readText,
  ),
  apiKey: {
    ...valued('api-key', 'KEY', 'key of the server', 'none', MOCK.apiKey, (text) => firstOf(readKeys([text]))),
    secret: true,
    customary: 'INBOXES_API_KEY',
  },
  headers: {
    ...valued(
      'header',
      "'NAME: VALUE'",
      'header of every request; repeat the flag for more',
      'none',
      'X-Team: a',
      readText,
    ),
    repeatable: true,
    separator: '\n',
    secret: true,
    fallback: [],
    read: readHeaders,
  },
  ca: valued('ca', 'FILE', 'certificate of an authority to trust besides the usual ones', 'none', 'ca.pem', readText),
  cert: valued('cert', 'FILE', 'certificate of this client', 'none', 'client.pem', readText),
  key: valued('key', 'FILE', 'key of that certificate', 'none', 'client.key', readText),
  httpProxy: {
    ...valued('http-proxy', 'URL', 'proxy to servers of http URLs', 'none', 'http://proxy.example:3128', readText),
    secret: true,
    customary: ['http_proxy', 'HTTP_PROXY'],
  },
  httpsProxy: {
    ...valued('https-proxy', 'URL', 'proxy to servers of https URLs', 'none', 'http://proxy.example:3128', readText),
    secret: true,
    customary: ['https_proxy', 'HTTPS_PROXY'],
  },
  noProxy: {
    ...valued('no-proxy', 'HOSTS', 'hosts to reach without a proxy', 'none', 'localhost,.example', readText),
    customary: ['no_proxy', 'NO_PROXY'],
  },
  mode: valued(
    'mode',
    'MODE',
    'safe: read only; owned: write only to records of this run; full: everything',
    'full for a mock, else owned on this machine, safe elsewhere',
    'owned',
    (text) => readChoice(text, MODES),
  ),
  seed: defaulted<number>(
    DEFAULTS.seed,
    valued('seed', 'NUMBER', 'the same seed and server give the same report', '', '1', (text) =>
      readWholeNumber(text, 0, MOST),
    ),
  ),
  runId: valued(
    'run-id',
    'TEXT',
    'part of the names of the records that the run creates, so that two runs do not meet',
    'a random one',
    'ci42',
    readRunId,
  ),
  rate: valued('rate', 'NUMBER/s', 'maximum of requests per second', 'none', '5/s', (text) =>
    readWholeNumber(text.replace(/\/s$/, ''), 1, MOST),
  ),
  only: {
    ...valued('only', 'OPERATION', 'operationId to check; repeat the flag for more', 'all', 'getPetById', readText),
    repeatable: true,
    fallback: [],
    read: readTexts,
  },
  plan: switched('plan', 'print each request and send none'),
  timeoutMs: defaulted<number>(
    DEFAULTS.timeoutMs,
    valued(
      'timeout-ms',
      'NUMBER',
      'milliseconds for one response, from the start of the request to its last byte',
      '',
      '10000',
      (text) => readWholeNumber(text, 1, MOST),
    ),
  ),
  maxBytes: defaulted<number>(
    DEFAULTS.maxBytes,
    valued('max-bytes', 'NUMBER', 'bytes of one response, as received and as decoded', '', '100000000', (text) =>
      readWholeNumber(text, 1, MOST),
    ),
  ),
  maxMs: valued(
    'max-ms',
    'NUMBER',
    'milliseconds for the whole run',
    `${DEFAULTS.maxMs}, more with --rate`,
    '60000',
    (text) => readWholeNumber(text, 1, MOST),
  ),
  strict: switched('strict', 'count advice as failures'),
  baseline: valued('baseline', 'FILE', 'file of accepted failures', 'none', 'baseline.json', readText),
  writeBaseline: valued(
    'write-baseline',
    'FILE',
    'write a baseline that accepts every failure of this run, and keeps the entries that still match',
    'none',
    'baseline.json',
    readText,
  ),
  baselineOwner: valued(
    'baseline-owner',
    'NAME',
    'owner of the new entries of --write-baseline',
    UNKNOWN_OWNER,
    'team-pets',
    readText,
  ),
  baselineExpires: valued(
    'baseline-expires',
    'DAY',
    'last day of the new entries of --write-baseline',
    `in ${ACCEPTED_DAYS} days`,
    '2030-12-31',
    (text) => (isDay(text) ? { value: text } : { expected: 'a day such as 2030-12-31' }),
  ),
  minCoverage: valued(
    'min-coverage',
    'PERCENT',
    'fail if less of the cells of the document were reached',
    'none',
    '60',
    (text) => readWholeNumber(text.replace(/ ?%$/, ''), 0, 100),
  ),
  reports: {
    ...valued(
      'report',
      'FORMAT[=FILE]',
      `${REPORT_FORMATS.join(', ')}; to standard output without FILE; repeat the flag for more`,
      'none',
      'junit=report.xml',
      readText,
    ),
    repeatable: true,
    fallback: [],
    read: readReports,
  },
  journal: defaulted<string>(
    DEFAULTS.cleanupLog,
    valued(
      'journal',
      'FILE',
      'clean-up log of owned mode: lists each record before it is created',
      '',
      'run.journal',
      readText,
    ),
  ),
  allowLeftovers: switched('allow-leftovers', 'let owned mode create records that the API cannot remove'),
  sequences: valued(
    'sequences',
    'NUMBER',
    'number of random sequences to try',
    `${DEFAULTS.sequences}; ${DEFAULTS.manySequences} if thorough`,
    '100',
    (text) => readWholeNumber(text, 0, MOST),
  ),
  depth: defaulted<Depth>(
    DEFAULTS.depth,
    valued('depth', 'DEPTH', 'quick, usual or thorough: how much is tried', '', 'quick', (text) =>
      readChoice(text, DEPTHS),
    ),
  ),
  sequencePath: valued(
    'sequence-path',
    'PATH',
    'try only this random sequence; a finding prints its path',
    'all',
    '0.0:2.B:B',
    readSequencePath,
  ),
  quiet: switched('quiet', 'no progress, no summary'),
}

/** The rows of CONTRACT_FLAGS, without the types of their values. */
export const CONTRACT_ROWS: readonly Flag<unknown>[] = Object.values<Flag<unknown>>(CONTRACT_FLAGS)

function valued<T>(
  name: string,
  argument: string,
  summary: string,
  shownDefault: string,
  example: string,
  read: (text: string) => Reading<T>,
): Flag<T> & Flag<T | undefined> {
  return {
    name,
    argument,
    summary,
    shownDefault,
    example,
    prefix: PREFIX,
    fallback: undefined as T & undefined,
    read: last(read),
  }
}

/** Adds a default value, and shows it in `--help`. */
function defaulted<T>(fallback: T, flag: Flag<T>): Flag<T> {
  return { ...flag, fallback, shownDefault: String(fallback) }
}

function switched(name: string, summary: string): Flag<boolean> {
  return {
    name,
    summary,
    shownDefault: 'off',
    example: 'true',
    prefix: PREFIX,
    fallback: false,
    read: last(readSwitch),
  }
}

function firstOf(reading: Reading<readonly string[]>): Reading<string> {
  return 'value' in reading ? { value: reading.value[0] ?? '' } : reading
}

function readTexts(texts: readonly string[]): Reading<readonly string[]> {
  return texts.every((text) => text.trim() !== '') ? { value: Object.freeze([...texts]) } : { expected: 'not blank' }
}

function readTarget(text: string): Reading<BaseUrl> {
  const value = readBaseUrl(text)
  return typeof value === 'string' ? { expected: value } : { value }
}

function readHeaders(texts: readonly string[]): Reading<ContractConfig['headers']> {
  const headers = texts.map((text): readonly [string, string] => {
    const [, name = '', value = ''] = /^([^:]*):\s*(.*?)\s*$/s.exec(text) ?? []
    return [name, value]
  })
  const problem = headers.map(([name, value]) => headerProblem(name, value)).find(Boolean)
  return problem ? { expected: problem } : { value: headers }
}

function readRunId(text: string): Reading<string> {
  return /^[a-z0-9]{1,16}$/.test(text) ? { value: text } : { expected: '1 to 16 small letters and digits' }
}

function readSequencePath(text: string): Reading<string> {
  return parseSequencePath(text) ? { value: text } : { expected: 'a path that a finding names, such as 0.0:2.B:B' }
}

function readReports(texts: readonly string[]): Reading<readonly ReportTarget[]> {
  const targets = texts.flatMap((text) => {
    const [, name = '', file] = /^([^=]+)(?:=(.+))?$/.exec(text) ?? []
    const format = REPORT_FORMATS.find((candidate) => candidate === name)
    return format ? [{ format, ...(file !== undefined && { file }) }] : []
  })
  if (targets.length < texts.length || texts.some((text) => text.endsWith('=')))
    return {
      expected: `FORMAT=FILE, or FORMAT for standard output, with one of the formats ${REPORT_FORMATS.join(', ')}`,
      suggestion: nearestTarget(texts),
    }
  const printed = targets.filter(({ file }) => file === undefined)
  return printed.length > 1 ? { expected: 'FORMAT=FILE for all formats but one' } : { value: targets }
}

function nearestTarget(texts: readonly string[]): string | undefined {
  const [name = '', file = 'FILE'] = (texts.at(-1) ?? '').split(/=(.*)/s)
  const format = nearest(name, REPORT_FORMATS)
  return format && `${format}=${file}`
}

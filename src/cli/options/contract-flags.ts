import { DEFAULTS } from '../../contract/defaults.ts'
import { parseSequencePath } from '../../contract/model/sequence-path.ts'
import { DEFAULT_ORIGIN, DEFAULTS as MOCK } from '../../mock/defaults.ts'
import { type Flag, last } from './flags.ts'
import { type Reading, readChoice, readKeys, readSwitch, readText, readWholeNumber } from './read-values.ts'
import type { FlagTable } from './settings.ts'

/** Where a report goes, and in which format. */
export interface ReportTarget {
  readonly format: ReportFormat
  readonly file: string
}

export const REPORT_FORMATS = ['text', 'json', 'junit', 'html', 'sarif', 'github'] as const
export type ReportFormat = (typeof REPORT_FORMATS)[number]

export const MODES = ['safe', 'owned', 'full'] as const

/** What a contract run is started with. */
export interface ContractConfig {
  /** Absent for a mock in this process. */
  readonly baseUrl?: string
  readonly apiKey?: string
  /** Absent for full on this machine and safe elsewhere. */
  readonly mode?: (typeof MODES)[number]
  readonly seed: number
  /** Requests per second at most. */
  readonly rate?: number
  readonly only: readonly string[]
  readonly plan: boolean
  readonly timeoutMs: number
  /** For the whole run. */
  readonly maxMs?: number
  /** True counts advice as failures. */
  readonly strict: boolean
  readonly baseline?: string
  readonly reports: readonly ReportTarget[]
  /** Where owned mode keeps what it has created. */
  readonly journal: string
  /** True where owned mode may create what the API cannot remove. */
  readonly allowLeftovers: boolean
  /** How many random sequences are tried. */
  readonly sequences: number
  /** The one sequence to try, as a finding names it. */
  readonly sequencePath?: string
  readonly quiet: boolean
}

const MOST = 2 ** 31 - 1
const PREFIX = 'INBOXES_CONTRACT_'

/** The flags that make a ContractConfig, in the order in which `contract --help` lists them. */
export const CONTRACT_FLAGS: FlagTable<ContractConfig> = {
  baseUrl: valued(
    'base-url',
    'URL',
    'server to check, base path included; a mock in this process where absent',
    'none',
    `${DEFAULT_ORIGIN}/v2`,
    readBaseUrl,
  ),
  apiKey: {
    ...valued('api-key', 'KEY', 'key of the server', 'none', MOCK.apiKey, (text) => firstOf(readKeys([text]))),
    secret: true,
    customary: 'INBOXES_API_KEY',
  },
  mode: valued(
    'mode',
    'MODE',
    'safe reads only, owned writes to what it created, full does everything',
    'full on this machine, safe elsewhere',
    'owned',
    (text) => readChoice(text, MODES),
  ),
  seed: defaulted<number>(
    DEFAULTS.seed,
    valued('seed', 'NUMBER', 'same seed, same server: the same report', '', '1', (text) =>
      readWholeNumber(text, 0, MOST),
    ),
  ),
  rate: valued('rate', 'NUMBER/s', 'requests per second at most', 'none', '5/s', (text) =>
    readWholeNumber(text.replace(/\/s$/, ''), 1, MOST),
  ),
  only: {
    ...valued('only', 'OPERATION', 'operationId to look at; repeat the flag for more', 'all', 'getPetById', readText),
    repeatable: true,
    fallback: [],
    read: readTexts,
  },
  plan: switched('plan', 'print each request and send none'),
  timeoutMs: defaulted<number>(
    DEFAULTS.timeoutMs,
    valued('timeout-ms', 'NUMBER', 'milliseconds to wait for one answer', '', '10000', (text) =>
      readWholeNumber(text, 1, MOST),
    ),
  ),
  maxMs: valued('max-ms', 'NUMBER', 'milliseconds for the whole run', 'none', '60000', (text) =>
    readWholeNumber(text, 1, MOST),
  ),
  strict: switched('strict', 'count advice as failures'),
  baseline: valued('baseline', 'FILE', 'failures that are accepted', 'none', 'baseline.json', readText),
  reports: {
    ...valued(
      'report',
      'FORMAT=FILE',
      `${REPORT_FORMATS.join(', ')}; repeat the flag for more`,
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
    valued('journal', 'FILE', 'where owned mode keeps what it has created', '', 'run.journal', readText),
  ),
  allowLeftovers: switched('allow-leftovers', 'let owned mode create what the API cannot remove'),
  sequences: defaulted<number>(
    DEFAULTS.sequences,
    valued('sequences', 'NUMBER', 'how many random sequences are tried', '', '100', (text) =>
      readWholeNumber(text, 0, MOST),
    ),
  ),
  sequencePath: valued(
    'sequence-path',
    'PATH',
    'the one random sequence to try, as a finding names it',
    'all',
    '0.0:2.B:B',
    readSequencePath,
  ),
  quiet: switched('quiet', 'no progress, no summary'),
}

/** The rows of CONTRACT_FLAGS, whatever their type. */
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

/** The flag with a default value, as people read it too. */
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

function readBaseUrl(text: string): Reading<string> {
  const isHttp = URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol)
  return isHttp ? { value: text.replace(/\/+$/, '') } : { expected: 'an http or https URL' }
}

function readSequencePath(text: string): Reading<string> {
  return parseSequencePath(text) ? { value: text } : { expected: 'a path that a finding names, such as 0.0:2.B:B' }
}

function readReports(texts: readonly string[]): Reading<readonly ReportTarget[]> {
  const targets = texts.flatMap((text) => {
    const [, name = '', file = ''] = /^([^=]+)=(.+)$/.exec(text) ?? []
    const format = REPORT_FORMATS.find((candidate) => candidate === name)
    return format && file ? [{ format, file }] : []
  })
  return targets.length === texts.length
    ? { value: targets }
    : { expected: `FORMAT=FILE with ${REPORT_FORMATS.join(', ')} for a format` }
}

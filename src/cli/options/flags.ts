import { DEFAULTS } from '../../mock/defaults.ts'
import { PACKS, type PackName } from '../../mock/store/pack.ts'
import {
  type Reading,
  readChoice,
  readHost,
  readKeys,
  readOrigins,
  readSwitch,
  readText,
  readWholeNumber,
} from './read-values.ts'

/** What one run of the mock is started with. */
export interface Config {
  /** 0 takes a free port. */
  readonly port: number
  readonly host: string
  readonly seed: number
  readonly apiKeys: readonly string[]
  /** How many pets the fixtures hold. */
  readonly pets: number
  /** True leaves out the request log and the hint. */
  readonly quiet: boolean
  /** True writes JSON lines instead of text. */
  readonly json: boolean
  /** Path of the OpenAPI document; absent for the packaged one. */
  readonly document?: string
  readonly pack: PackName
  /** Path of the file to start from. */
  readonly state?: string
  /** True keeps the state file current. */
  readonly save: boolean
  /** How long a session may be idle, in milliseconds. */
  readonly sessionTtl: number
  readonly maxSessions: number
  /** Asked for by the control plane; absent for loopback only. */
  readonly adminToken?: string
  readonly adminOrigins: readonly string[]
}

/** One row: all that parsing, the environment, `--help` and the README know about a flag. */
export interface Flag<T> {
  /** As on the command line, without the dashes. */
  readonly name: string
  /** What stands for the value in `--help`; absent for a switch. */
  readonly argument?: string
  readonly summary: string
  readonly fallback: T
  /** The default as people read it. */
  readonly shownDefault: string
  /** A value that is accepted. */
  readonly example: string
  /** True where each use adds a value; in the environment, commas separate them. */
  readonly repeatable?: boolean
  /** True where a refused value is not repeated in the message. */
  readonly secret?: boolean
  /** A customary environment variable that counts after our own. */
  readonly customary?: string
  /** What our own variable begins with; `INBOXES_MOCK_` where absent. */
  readonly prefix?: string
  /** Reads all the texts given, in order; at least one. */
  readonly read: (texts: readonly string[]) => Reading<T>
}

const MOST_PORT = 65_535
const MOST_SEED = 0xffff_ffff
const MOST_PETS = 1_000_000
const MOST_SECONDS = 31_536_000
const MOST_SESSIONS = 1_000_000

/** The flags that make a Config, in the order in which `--help` lists them. */
export const FLAGS: { readonly [Key in keyof Config]-?: Flag<Config[Key]> } = {
  port: {
    name: 'port',
    argument: 'NUMBER',
    summary: 'port to listen on; 0 takes a free one',
    fallback: DEFAULTS.port,
    shownDefault: String(DEFAULTS.port),
    example: String(DEFAULTS.port),
    customary: 'PORT',
    read: last((text) => readWholeNumber(text, 0, MOST_PORT)),
  },
  host: {
    name: 'host',
    argument: 'HOST',
    summary: 'address to listen on; only this machine reaches the default',
    fallback: DEFAULTS.host,
    shownDefault: DEFAULTS.host,
    example: DEFAULTS.host,
    customary: 'HOST',
    read: last(readHost),
  },
  seed: {
    name: 'seed',
    argument: 'NUMBER',
    summary: 'same seed, same requests: the same bytes',
    fallback: DEFAULTS.seed,
    shownDefault: String(DEFAULTS.seed),
    example: String(DEFAULTS.seed),
    read: last((text) => readWholeNumber(text, 0, MOST_SEED)),
  },
  apiKeys: {
    name: 'api-key',
    argument: 'KEY',
    summary: 'accepted key; repeat the flag for more',
    fallback: Object.freeze([DEFAULTS.apiKey]),
    shownDefault: DEFAULTS.apiKey,
    example: DEFAULTS.apiKey,
    repeatable: true,
    secret: true,
    read: readKeys,
  },
  pets: {
    name: 'pets',
    argument: 'NUMBER',
    summary: 'how many pets the default pack holds',
    fallback: DEFAULTS.pets,
    shownDefault: String(DEFAULTS.pets),
    example: String(DEFAULTS.pets),
    read: last((text) => readWholeNumber(text, 0, MOST_PETS)),
  },
  document: {
    name: 'document',
    argument: 'FILE',
    summary: 'OpenAPI document to enforce',
    fallback: undefined,
    shownDefault: 'the packaged openapi.yaml',
    example: 'openapi.yaml',
    read: last(readText),
  },
  pack: {
    name: 'pack',
    argument: 'NAME',
    summary: PACKS.join(', '),
    fallback: DEFAULTS.pack,
    shownDefault: DEFAULTS.pack,
    example: 'bare',
    read: last((text) => readChoice(text, PACKS)),
  },
  state: {
    name: 'state',
    argument: 'FILE',
    summary: 'state to start from; edits of it are taken over',
    fallback: undefined,
    shownDefault: 'none',
    example: 'state.json',
    read: last(readText),
  },
  save: {
    name: 'save',
    summary: 'keep the state file current',
    fallback: false,
    shownDefault: 'off',
    example: 'true',
    read: last(readSwitch),
  },
  sessionTtl: {
    name: 'session-ttl',
    argument: 'SECONDS',
    summary: 'how long a session may be idle',
    fallback: DEFAULTS.sessionTtl,
    shownDefault: String(DEFAULTS.sessionTtl / 1000),
    example: String(DEFAULTS.sessionTtl / 1000),
    read: last((text) => inMilliseconds(readWholeNumber(text, 1, MOST_SECONDS))),
  },
  maxSessions: {
    name: 'max-sessions',
    argument: 'NUMBER',
    summary: 'how many sessions may live at once',
    fallback: DEFAULTS.maxSessions,
    shownDefault: String(DEFAULTS.maxSessions),
    example: String(DEFAULTS.maxSessions),
    read: last((text) => readWholeNumber(text, 1, MOST_SESSIONS)),
  },
  adminToken: {
    name: 'admin-token',
    argument: 'TOKEN',
    summary: 'token of the control plane, for other machines too',
    fallback: undefined,
    shownDefault: 'none; loopback only',
    example: 'change-me',
    secret: true,
    read: last((text) => firstOf(readKeys([text]))),
  },
  adminOrigins: {
    name: 'admin-origin',
    argument: 'ORIGIN',
    summary: 'origin whose pages may use the control plane; repeatable',
    fallback: Object.freeze([]),
    shownDefault: 'none',
    example: 'http://localhost:3000',
    repeatable: true,
    read: readOrigins,
  },
  quiet: {
    name: 'quiet',
    summary: 'no request log, no hint',
    fallback: false,
    shownDefault: 'off',
    example: 'true',
    read: last(readSwitch),
  },
  json: {
    name: 'json',
    summary: 'JSON lines instead of text',
    fallback: false,
    shownDefault: 'off',
    example: 'true',
    read: last(readSwitch),
  },
}

const inMilliseconds = (reading: Reading<number>): Reading<number> =>
  'value' in reading ? { value: reading.value * 1000 } : reading

function firstOf(reading: Reading<readonly string[]>): Reading<string> {
  return 'value' in reading ? { value: reading.value[0] ?? '' } : reading
}

/** Used several times, a flag that takes one value takes the last. */
export function last<T>(read: (text: string) => Reading<T>): Flag<T>['read'] {
  return (texts) => read(texts.at(-1) ?? '')
}

/** The flags that answer instead of serving. */
export const QUESTIONS = [
  { name: 'help', short: 'h', summary: 'print this and exit' },
  { name: 'version', short: 'v', summary: 'print the version and exit' },
] as const

/** The rows of FLAGS, whatever their type. */
export const FLAG_ROWS: readonly Flag<unknown>[] = Object.values(FLAGS)

/** The environment variables that stand in for a flag; the first that is set and not empty counts. */
export function environmentNames({ name, customary, prefix = 'INBOXES_MOCK_' }: Flag<unknown>): readonly string[] {
  const own = `${prefix}${name.toUpperCase().replaceAll('-', '_')}`
  return customary ? [own, customary] : [own]
}

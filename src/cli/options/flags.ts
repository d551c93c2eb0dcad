import { DEFAULTS, LONGEST_DELAY } from '../../mock/defaults.ts'
import { PACKS, type PackName } from '../../mock/store/pack.ts'
import type { Flag } from './flag.ts'
import {
  isAddress,
  type Reading,
  readChoice,
  readHost,
  readKeys,
  readOrigins,
  readSwitch,
  readText,
  readWholeNumber,
} from './read-values.ts'
import { UPSTREAM_FLAGS, type UpstreamConfig } from './upstream-flags.ts'

export type { Flag } from './flag.ts'

/** The settings of one run of the mock. */
export interface Config extends UpstreamConfig {
  /** 0 takes a free port. */
  readonly port: number
  readonly host: string
  readonly seed: number
  readonly apiKeys: readonly string[]
  /** Number of pets in the default pack. */
  readonly pets: number
  /** Leaves out the request log and the hint. */
  readonly quiet: boolean
  /** Logs preflights of browsers too. */
  readonly verbose: boolean
  /** Writes JSON lines instead of text. */
  readonly json: boolean
  /** Path of the OpenAPI document. Without it, the packaged one is enforced. */
  readonly document?: string
  /** Path of the profile of a server that the mock behaves like. */
  readonly profile?: string
  /** Answers take the time that the profile gives them. */
  readonly latency: boolean
  readonly pack: PackName
  /** Path of the file to start from. */
  readonly state?: string
  /** Writes changes back to the state file. */
  readonly save: boolean
  /** Milliseconds after which an idle session ends. */
  readonly sessionTtl: number
  readonly maxSessions: number
  /** The budget for the memory of all sessions, in MB. Without it, a part of the heap. */
  readonly memoryMb?: number
  /** Milliseconds that each answer of the API waits. */
  readonly delay: number
  /** Token of the control plane. Without it, only loopback may use the control plane. */
  readonly adminToken?: string
  readonly adminOrigins: readonly string[]
  /** Serves the page at the root. */
  readonly ui: boolean
  /** Opens the page in the browser. */
  readonly open: boolean
}

const MOST_PORT = 65_535
const MOST_SEED = 0xffff_ffff
const MOST_PETS = 1_000_000
const MOST_SECONDS = 31_536_000
const MOST_MEMORY_MB = 1_000_000
const MOST_SESSIONS = 1_000_000

/** The flags that make a Config, in the order in which `--help` lists them. */
export const FLAGS: { readonly [Key in keyof Config]-?: Flag<Config[Key]> } = {
  port: {
    name: 'port',
    argument: 'NUMBER',
    short: 'p',
    summary: 'port to listen on; 0 takes a free port',
    fallback: DEFAULTS.port,
    shownDefault: String(DEFAULTS.port),
    example: String(DEFAULTS.port),
    customary: 'PORT',
    read: last((text) => readWholeNumber(text, 0, MOST_PORT)),
  },
  host: {
    name: 'host',
    argument: 'HOST',
    short: 'H',
    summary: 'address to listen on; by default only this machine can connect',
    fallback: DEFAULTS.host,
    shownDefault: `${DEFAULTS.host} and ::1`,
    example: DEFAULTS.host,
    customary: 'HOST',
    isMeant: isAddress,
    read: last(readHost),
  },
  seed: {
    name: 'seed',
    argument: 'NUMBER',
    summary: 'the same seed and requests give the same bytes',
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
    summary: 'number of pets in the default pack',
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
  profile: {
    name: 'profile',
    argument: 'FILE',
    summary: 'profile of a server to behave like, as drift --adopt writes it',
    fallback: undefined,
    shownDefault: 'none',
    example: 'staging.profile.json',
    read: last(readText),
  },
  latency: {
    name: 'latency',
    summary: 'answer as slowly as the server of the profile did',
    fallback: false,
    shownDefault: 'off',
    example: 'true',
    read: last(readSwitch),
  },
  pack: {
    name: 'pack',
    argument: 'NAME',
    summary: `seed data: ${PACKS.join(', ')}`,
    fallback: DEFAULTS.pack,
    shownDefault: DEFAULTS.pack,
    example: 'bare',
    read: last((text) => readChoice(text, PACKS)),
  },
  state: {
    name: 'state',
    argument: 'FILE',
    summary: 'state to start from; edits of the file take effect at once',
    fallback: undefined,
    shownDefault: 'none',
    example: 'state.json',
    read: last(readText),
  },
  save: {
    name: 'save',
    summary: 'write changes back to the state file',
    fallback: false,
    shownDefault: 'off',
    example: 'true',
    read: last(readSwitch),
  },
  sessionTtl: {
    name: 'session-ttl',
    argument: 'SECONDS',
    summary: 'seconds after which an idle session ends',
    fallback: DEFAULTS.sessionTtl,
    shownDefault: String(DEFAULTS.sessionTtl / 1000),
    example: String(DEFAULTS.sessionTtl / 1000),
    read: last((text) => inMilliseconds(readWholeNumber(text, 1, MOST_SECONDS))),
  },
  maxSessions: {
    name: 'max-sessions',
    argument: 'NUMBER',
    summary: 'maximum of sessions at a time',
    fallback: DEFAULTS.maxSessions,
    shownDefault: String(DEFAULTS.maxSessions),
    example: String(DEFAULTS.maxSessions),
    read: last((text) => readWholeNumber(text, 1, MOST_SESSIONS)),
  },
  memoryMb: {
    name: 'memory-mb',
    argument: 'NUMBER',
    summary: 'MB that all sessions may hold together',
    fallback: undefined,
    shownDefault: 'a quarter of the heap, at most 512',
    example: '256',
    read: last((text) => readWholeNumber(text, 1, MOST_MEMORY_MB)),
  },
  delay: {
    name: 'delay',
    argument: 'MS',
    summary: 'milliseconds that each answer of the API waits',
    fallback: DEFAULTS.delay,
    shownDefault: String(DEFAULTS.delay),
    example: '2000',
    read: last((text) => readWholeNumber(text, 0, LONGEST_DELAY)),
  },
  adminToken: {
    name: 'admin-token',
    argument: 'TOKEN',
    summary: 'token of the control plane; lets other machines use it',
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
  open: {
    name: 'open',
    summary: 'open the page of the mock in the browser',
    fallback: false,
    shownDefault: 'off',
    example: 'true',
    read: last(readSwitch),
  },
  ui: {
    name: 'no-ui',
    summary: 'a plain list in place of the page',
    fallback: true,
    shownDefault: 'off',
    example: 'true',
    read: last((text) => inverted(readSwitch(text))),
  },
  ...UPSTREAM_FLAGS,
  quiet: {
    name: 'quiet',
    summary: 'no request log, no hint',
    fallback: false,
    shownDefault: 'off',
    example: 'true',
    read: last(readSwitch),
  },
  verbose: {
    name: 'verbose',
    summary: 'log the preflights of browsers too',
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

const inverted = (reading: Reading<boolean>): Reading<boolean> =>
  'value' in reading ? { value: !reading.value } : reading

const inMilliseconds = (reading: Reading<number>): Reading<number> =>
  'value' in reading ? { value: reading.value * 1000 } : reading

function firstOf(reading: Reading<readonly string[]>): Reading<string> {
  return 'value' in reading ? { value: reading.value[0] ?? '' } : reading
}

/** Takes the last text: a flag with one value may be repeated. */
export function last<T>(read: (text: string) => Reading<T>): Flag<T>['read'] {
  return (texts) => read(texts.at(-1) ?? '')
}

/** The flags that print something and exit. */
export const QUESTIONS = [
  { name: 'help', short: 'h', summary: 'print this and exit' },
  { name: 'version', short: 'v', summary: 'print the version and exit' },
] as const

/** The rows of FLAGS, without the types of their values. */
export const FLAG_ROWS: readonly Flag<unknown>[] = Object.values(FLAGS)

/** The environment variables of a flag. The first that is set and not empty counts. */
export function environmentNames({ name, customary, prefix = 'INBOXES_MOCK_' }: Flag<unknown>): readonly string[] {
  const own = `${prefix}${name.toUpperCase().replaceAll('-', '_')}`
  return customary ? [own, ...[customary].flat()] : [own]
}

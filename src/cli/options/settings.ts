import { REDACTION } from '../../http/redaction/redaction.ts'
import { environmentNames, type Flag } from './flags.ts'
import type { Reading } from './read-values.ts'

/** Environment variables, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>

/** A config that is complete, or a one-line message about the first value that cannot be used. */
export type Settings<C> = { readonly config: C; readonly variables: Variables<C> } | { readonly problem: string }

/** The environment variable that a value came from, by the value's key in a config. Flags and defaults have none. */
export type Variables<C> = Readonly<Partial<Record<keyof C, string>>>

/** A flag for each key of a config. */
export type FlagTable<C> = { readonly [Key in keyof C]-?: Flag<C[Key]> }

/** The texts of a flag, the name of the place they came from, and how to write a value there. */
interface Source {
  readonly label: string
  readonly texts: readonly string[]
  readonly write: (value: string) => string
}

/** Reads each flag from the command line, else from the environment, else takes its default. */
export function readSettings<C>(
  table: FlagTable<C>,
  given: ReadonlyMap<string, readonly string[]>,
  env: Environment,
): Settings<C> {
  const settings = new Map<Flag<unknown>, unknown>()
  const variables: Partial<Record<string, string>> = {}
  for (const [key, flag] of Object.entries<Flag<unknown>>(table)) {
    const typed = fromCommandLine(flag, given)
    const source = typed ?? fromEnvironment(flag, env)
    const reading = source ? flag.read(source.texts) : { value: flag.fallback }
    if ('expected' in reading && source) return { problem: refusal(flag, source, reading) }
    if ('value' in reading) settings.set(flag, reading.value)
    if (source && !typed) variables[key] = source.label
  }
  return { config: toConfig(table, settings), variables: variables as Variables<C> }
}

function fromCommandLine(flag: Flag<unknown>, given: ReadonlyMap<string, readonly string[]>): Source | undefined {
  const texts = given.get(flag.name)
  const label = `--${flag.name}`
  return texts && { label, texts, write: (value) => (flag.argument ? `${label} ${value}` : label) }
}

function fromEnvironment(flag: Flag<unknown>, env: Environment): Source | undefined {
  const isMeant = (name: string, text = '') => name !== flag.customary || (flag.isMeant?.(text) ?? true)
  const label = environmentNames(flag).find((name) => env[name] && isMeant(name, env[name]))
  const text = label && env[label]
  if (!text) return undefined
  const texts = flag.repeatable ? text.split(flag.separator ?? ',').flatMap((item) => item.trim() || []) : [text]
  return { label, texts, write: (value) => `${label}=${value}` }
}

function refusal(flag: Flag<unknown>, { label, texts, write }: Source, { expected, suggestion }: Refused): string {
  const received = flag.secret ? '' : `, not ${JSON.stringify(REDACTION.phrase(texts.at(-1) ?? ''))}`
  const hint = suggestion === undefined ? `For example: ${write(flag.example)}` : `Did you mean ${write(suggestion)}?`
  return `${label} must be ${expected}${received}. ${hint}`
}

type Refused = Extract<Reading<unknown>, { expected: string }>

/** The casts are safe: the table's type ties each key of the config to the flag that read its value. */
function toConfig<C>(table: FlagTable<C>, settings: ReadonlyMap<Flag<unknown>, unknown>): C {
  const entries = Object.entries<Flag<unknown>>(table).map(([key, flag]) => [key, settings.get(flag)] as const)
  return Object.freeze(Object.fromEntries(entries.filter(([, value]) => value !== undefined))) as C
}

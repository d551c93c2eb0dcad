import { parseArgs } from 'node:util'
import { nearest } from '../../openapi/nearest.ts'
import { FLAG_ROWS, type Flag, QUESTIONS } from './flags.ts'

/** What stood on the command line, before any value is read. */
export interface Arguments {
  /** The texts given to each flag, in order; a switch gives `true` or, as `--no-…`, `false`. */
  readonly given: ReadonlyMap<string, readonly string[]>
  /** The first thing that is no flag of ours, or a flag without its value. */
  readonly problem?: string
}

type Token = ReturnType<typeof tokenize>[number]
type Use = { readonly name: string; readonly text: string } | { readonly problem: string }

/** The names that a command line may use. */
interface Known {
  readonly valued: ReadonlyMap<string, Flag<unknown>>
  readonly switches: readonly string[]
}

const ASKING: readonly string[] = QUESTIONS.map(({ name }) => name)

function knownOf(rows: readonly Flag<unknown>[]): Known {
  return {
    valued: new Map(rows.filter(({ argument }) => argument).map((flag) => [flag.name, flag])),
    switches: rows.filter(({ argument }) => !argument).map(({ name }) => name),
  }
}

/** Sorts the command line by flag. Never throws: what cannot be used is `problem`. */
export function readArguments(argv: readonly string[], rows: readonly Flag<unknown>[] = FLAG_ROWS): Arguments {
  const known = knownOf(rows)
  const given = new Map<string, string[]>()
  const problems: string[] = []
  for (const token of tokenize(argv, known)) {
    const use = readToken(token, known)
    if ('problem' in use) problems.push(use.problem)
    else given.set(use.name, [...(given.get(use.name) ?? []), use.text])
  }
  const [problem] = problems
  return problem === undefined ? { given } : { given, problem }
}

/** `strict` would refuse by exception, in words of its own and one flag at a time. */
function tokenize(argv: readonly string[], known: Known) {
  const valued = [...known.valued.keys()].map((name) => [name, { type: 'string' as const }])
  const asking = QUESTIONS.map(({ name, short }) => [name, { type: 'boolean' as const, short }])
  const options = Object.fromEntries([...valued, ...asking])
  return parseArgs({ args: [...argv], options, strict: false, tokens: true, allowPositionals: true }).tokens
}

function readToken(token: Token, known: Known): Use {
  if (token.kind === 'option-terminator') return { problem: 'Nothing can be given after --. Leave it out.' }
  if (token.kind === 'positional')
    return { problem: withSuggestion(`Unexpected argument ${JSON.stringify(token.value)}.`, token.value, known) }
  const { name, rawName, value } = token
  if (ASKING.includes(name)) return { name, text: 'true' }
  const valued = known.valued.get(name)
  if (valued) return readValued(valued, value, token.inlineValue)
  if (known.switches.includes(name)) return { name, text: value ?? 'true' }
  const negated = name.replace(/^no-/, '')
  if (negated !== name && known.switches.includes(negated) && value === undefined)
    return { name: negated, text: 'false' }
  return { problem: withSuggestion(`Unknown flag ${rawName}.`, name, known) }
}

/** In `--port --json` the value was forgotten; in `--pets -1` it was given, and is refused for what it is. */
function readValued({ name, example }: Flag<unknown>, value: string | undefined, inline: boolean | undefined): Use {
  const forgotten = value === undefined || (!inline && /^-\D/.test(value))
  return forgotten ? { problem: `--${name} needs a value. For example: --${name} ${example}` } : { name, text: value }
}

function withSuggestion(problem: string, word: string, { valued, switches }: Known): string {
  const suggestion = nearest(word, [...valued.keys(), ...switches, ...ASKING])
  return suggestion ? `${problem} Did you mean --${suggestion}?` : `${problem} inboxes-mock --help lists the flags.`
}

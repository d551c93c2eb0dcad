import { parseArgs } from 'node:util'
import { nearest } from '../../openapi/nearest.ts'
import { FLAG_ROWS, type Flag, QUESTIONS } from './flags.ts'

/** The command line sorted by flag, before any value is parsed. */
export interface Arguments {
  /** The texts given to each flag, in order. A switch has `true`; with `--no-…` it has `false`. */
  readonly given: ReadonlyMap<string, readonly string[]>
  /** The first argument that is not a known flag, or a flag without its value. */
  readonly problem?: string
}

type Token = ReturnType<typeof tokenize>[number]
type Reading = { readonly name: string; readonly text: string } | { readonly problem: string }

/** The flags that a command accepts. */
interface Known {
  readonly valued: ReadonlyMap<string, Flag<unknown>>
  readonly switches: readonly string[]
}

const QUESTION_NAMES: readonly string[] = QUESTIONS.map(({ name }) => name)

function knownOf(rows: readonly Flag<unknown>[]): Known {
  return {
    valued: new Map(rows.filter(({ argument }) => argument).map((flag) => [flag.name, flag])),
    switches: rows.filter(({ argument }) => !argument).map(({ name }) => name),
  }
}

/** Sorts the command line by flag. Never throws: a mistake is returned as `problem`. */
export function readArguments(argv: readonly string[], rows: readonly Flag<unknown>[] = FLAG_ROWS): Arguments {
  const known = knownOf(rows)
  const given = new Map<string, string[]>()
  const problems: string[] = []
  const tokens = tokenize(argv, known)
  for (const [index, token] of tokens.entries()) {
    const reading = hostOfPrism(token, tokens[index + 1]) ?? readToken(token, known)
    if ('problem' in reading) problems.push(reading.problem)
    else given.set(reading.name, [...(given.get(reading.name) ?? []), reading.text])
  }
  const [problem] = problems
  return problem === undefined ? { given } : { given, problem }
}

/** Not `strict`: `parseArgs` would throw its own message at the first mistake, without a suggestion. */
function tokenize(argv: readonly string[], known: Known) {
  const valued = [...known.valued.values()].map(({ name, short }) => [
    name,
    { type: 'string' as const, ...(short !== undefined && { short }) },
  ])
  const questions = QUESTIONS.map(({ name, short }) => [name, { type: 'boolean' as const, short }])
  const options = Object.fromEntries([...valued, ...questions])
  return parseArgs({ args: [...argv], options, strict: false, tokens: true, allowPositionals: true }).tokens
}

/** Prism takes the host by -h, which asks for help here. */
function hostOfPrism(token: Token, next?: Token): Reading | undefined {
  const hasValue = token.kind === 'option' && token.rawName === '-h' && next?.kind === 'positional'
  return hasValue ? { problem: `-h prints the help and takes no value. Did you mean --host ${next.value}?` } : undefined
}

function readToken(token: Token, known: Known): Reading {
  if (token.kind === 'option-terminator') return { problem: 'Nothing can be given after --. Leave it out.' }
  if (token.kind === 'positional') return { problem: unexpectedArgument(token.value, known) }
  const { name, rawName, value } = token
  if (QUESTION_NAMES.includes(name)) return { name, text: 'true' }
  const valued = known.valued.get(name)
  if (valued) return readValued(valued, value, token.inlineValue)
  if (known.switches.includes(name)) return { name, text: value ?? 'true' }
  const negated = name.replace(/^no-/, '')
  if (negated !== name && known.switches.includes(negated) && value === undefined)
    return { name: negated, text: 'false' }
  const explanation = known.valued.has('state') && FLAGS_OF_OTHERS.get(rawName)
  return {
    problem: explanation
      ? `There is no ${rawName}: ${explanation}`
      : withSuggestion(`Unknown flag ${rawName}.`, name, known),
  }
}

const VALIDATES = 'every request and every response is validated. Leave it out.'
const FOLLOWS = 'edits of the file of --state take effect at once. Leave it out.'
const SCALES = 'docs/scaling.md says how to serve from more than one process.'

/** Flags of Prism 5 and json-server 0.17, with what takes their place here. */
const FLAGS_OF_OTHERS: ReadonlyMap<string, string> = new Map([
  ['--cors', 'pages of every origin may use the API. Leave it out.'],
  ['--no-cors', 'pages of every origin may use the API.'],
  ['--nc', 'pages of every origin may use the API.'],
  ['--errors', VALIDATES],
  ['-d', '--delay MS makes each answer of the API wait; records are made from --seed, and remembered.'],
  ['--dynamic', 'records are made from --seed, and remembered. Leave it out.'],
  ['--ignoreExamples', 'records are made from --seed, and remembered. Leave it out.'],
  ['--multiprocess', SCALES],
  ['-m', SCALES],
  ['--verboseLevel', 'requests are logged; --quiet turns that off.'],
  ['--watch', FOLLOWS],
  ['-w', FOLLOWS],
  ['--read-only', 'name the state with --state and leave out --save: the file is then never written.'],
  ['--ro', 'name the state with --state and leave out --save: the file is then never written.'],
  ['--snapshots', 'the control plane takes snapshots: POST /__admin/snapshots.'],
  ['-S', 'the control plane takes snapshots: POST /__admin/snapshots.'],
  ['--routes', 'the paths are those of the document, which --document replaces.'],
  ['-r', 'the paths are those of the document, which --document replaces.'],
  ['--middlewares', 'faults change responses; see docs/faults.md.'],
])

/** Other mocks take their file as an argument. */
function unexpectedArgument(text: string, known: Known): string {
  const problem = `Unexpected argument ${JSON.stringify(text)}.`
  if (/\.ya?ml$/.test(text)) return `${problem} Did you mean --document ${text}?`
  if (text.endsWith('.json')) return `${problem} Did you mean --state ${text}, or --document ${text}?`
  const command = nearest(text, wordsBefore(known))
  return command === undefined ? withSuggestion(problem, text, known) : `${problem} Did you mean ${command}?`
}

/** The words that stand before the flags: commands, and the actions of `contract`. */
function wordsBefore({ valued }: Known): readonly string[] {
  if (valued.has('state')) return COMMANDS
  return valued.has('sequence-path') ? CONTRACT_ACTIONS : []
}

const COMMANDS = ['contract', 'drift', 'exec', 'import']

/** The subcommands of `contract`. Each takes one argument before its flags. */
export const CONTRACT_ACTIONS = ['cleanup', 'replay']

/** In `--port --json` the value is missing. In `--pets -1` it is there, and the flag itself refuses it later. */
function readValued({ name, example }: Flag<unknown>, value: string | undefined, inline: boolean | undefined): Reading {
  const forgotten = value === undefined || (!inline && /^-\D/.test(value))
  return forgotten ? { problem: `--${name} needs a value. For example: --${name} ${example}` } : { name, text: value }
}

function withSuggestion(problem: string, word: string, { valued, switches }: Known): string {
  const suggestion = nearest(word, [...valued.keys(), ...switches, ...QUESTION_NAMES])
  return suggestion ? `${problem} Did you mean --${suggestion}?` : `${problem} inboxes-mock --help lists the flags.`
}

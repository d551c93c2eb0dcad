import { ApiError, type Violation } from '../../openapi/api-error.ts'
import { nearest } from '../../openapi/nearest.ts'
import type { Operation } from '../../openapi/operation.ts'
import { ok, type Reply } from '../reply.ts'
import type { Answer } from '../serialize.ts'
import { refusalStatus } from '../validation/refusal.ts'
import { documentedRefusals, SUCCESS } from './documented.ts'
import type { Interference } from './interference.ts'
import { type Preferences, readPreferences } from './preferences.ts'
import { refuseDocumented } from './refuse-documented.ts'

/** The longest that a client may make itself wait, in seconds. */
const LONGEST_WAIT = 30

/**
 * What a client's `Prefer` header asks of an operation: `code`, `wait` in seconds, `example`. What the document does not
 * have is refused; other preferences are ignored, and undefined is given where there are only such (RFC 7240, section 2).
 */
export function prefer(operation: Operation, header: string): Interference | undefined {
  const preferences = readPreferences(header)
  const asked = Object.keys(READERS).filter((name) => preferences.has(name))
  if (asked.length === 0) return undefined
  const name = `Prefer: ${asked.map((each) => `${each}=${preferences.get(each)}`).join(', ')}`
  const violation = asked
    .map((each) => READERS[each]?.judge(operation, preferences))
    .find((found) => found !== undefined)
  if (violation) return { name, refusal: refuse(operation, violation), distort: (answer) => tell(answer, []) }
  const parts = asked.map((each) => READERS[each]?.apply(operation, preferences.get(each) ?? '') ?? {})
  return { name, ...Object.assign({}, ...parts), distort: (answer) => tell(answer, appliedTo(answer, preferences)) }
}

interface Reader {
  /** What the document does not have of what is asked for. */
  readonly judge: (operation: Operation, preferences: Preferences) => Violation | undefined
  readonly apply: (operation: Operation, value: string) => Omit<Interference, 'name'>
}

const READERS: Readonly<Record<string, Reader>> = {
  code: { judge: judgeCode, apply: applyCode },
  wait: { judge: judgeWait, apply: (_operation, value) => ({ delay: secondsOf(value) * 1000 }) },
  example: { judge: judgeExample, apply: (operation, value) => ({ reply: exampleOf(operation, value) }) },
}

function judgeCode(operation: Operation, preferences: Preferences): Violation | undefined {
  const codes = [SUCCESS, ...documentedRefusals(operation)].map(String)
  return oneOf('code', preferences.get('code') ?? '', codes, operation)
}

function applyCode(operation: Operation, value: string): Omit<Interference, 'name'> {
  const refusal = refuseDocumented(
    operation,
    Number(value),
    `The request prefers ${value}. Ask without Prefer for another answer.`,
  )
  return refusal ? { refusal } : {}
}

function judgeWait(_operation: Operation, preferences: Preferences): Violation | undefined {
  const value = preferences.get('wait') ?? ''
  if (/^\d+(\.\d+)?$/.test(value)) return undefined
  return { pointer: '/headers/prefer', expected: 'wait in seconds, such as wait=2', received: `wait=${value}` }
}

const secondsOf = (value: string) => Math.min(Number(value), LONGEST_WAIT)

/** Examples are of the success: with another code there is none. */
function judgeExample(operation: Operation, preferences: Preferences): Violation | undefined {
  const code = preferences.get('code') ?? String(SUCCESS)
  const names = Object.keys(operation.responses[code]?.examples ?? {})
  return oneOf('example', preferences.get('example') ?? '', names, operation)
}

const exampleOf = (operation: Operation, name: string): Reply => ok(operation.responses[SUCCESS]?.examples[name])

function oneOf(preference: string, value: string, known: readonly string[], { id }: Operation): Violation | undefined {
  if (known.includes(value)) return undefined
  const meant = preference === 'example' ? nearest(value, known) : undefined
  return {
    pointer: '/headers/prefer',
    expected:
      known.length > 0
        ? `${preference}, one that ${id} documents: ${known.join(', ')}`
        : `no ${preference}: ${id} documents none`,
    received: `${preference}=${value}`,
    ...(meant !== undefined && { suggestion: `${preference}=${meant}` }),
  }
}

function refuse(operation: Operation, violation: Violation): ApiError {
  const { expected, received, suggestion } = violation
  const hint = suggestion === undefined ? '' : ` Did you mean ${suggestion}?`
  const detail = `The Prefer header must have ${expected}. It has ${received}.${hint}`
  return new ApiError(refusalStatus(operation, [violation]), detail, [violation])
}

/** A preference for a code or an example was applied where the answer has that status. */
function appliedTo({ status }: Answer, preferences: Preferences): string[] {
  const code = preferences.get('code')
  const wait = preferences.get('wait')
  const example = preferences.get('example')
  return [
    ...(code === String(status) ? [`code=${code}`] : []),
    ...(wait === undefined ? [] : [`wait=${secondsOf(wait)}`]),
    ...(example !== undefined && status === SUCCESS ? [`example=${quoted(example)}`] : []),
  ]
}

const quoted = (value: string) => (/^[\w.~-]+$/.test(value) ? value : `"${value.replaceAll(/["\\]/g, '\\$&')}"`)

/** Caches must know that Prefer decides too. */
function tell(answer: Answer, applied: readonly string[]): Answer {
  const vary = [answer.headers.Vary, 'Prefer'].filter(Boolean).join(', ')
  const told = applied.length > 0 ? { 'Preference-Applied': applied.join(', ') } : {}
  return { ...answer, headers: { ...answer.headers, ...told, Vary: vary } }
}

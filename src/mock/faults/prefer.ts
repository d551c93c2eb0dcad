import { ApiError, type Violation } from '../../openapi/api-error.ts'
import { nearest } from '../../openapi/nearest.ts'
import type { Operation } from '../../openapi/operation.ts'
import { ok, type Reply } from '../exchange/reply.ts'
import type { MockResponse } from '../exchange/response.ts'
import { refusalStatus } from '../validation/refusal.ts'
import { documentedRefusals, SUCCESS } from './documented.ts'
import type { Effect } from './effect.ts'
import { type Preferences, readPreferences } from './preferences.ts'
import { refuseDocumented } from './refuse-documented.ts'

/** The longest that a client may make itself wait, in seconds. */
export const LONGEST_WAIT = 30

/** A preference as the journal names it, and its effect. */
export interface Preference {
  readonly name: string
  readonly effect: Effect
}

/**
 * Reads a client's `Prefer` header: `code`, `wait` in seconds, `example`. A value that the document does not
 * have is refused; other preferences are ignored, and undefined is given where there are only such (RFC 7240, section 2).
 */
export function readPreference(operation: Operation, header: string): Preference | undefined {
  const preferences = readPreferences(header)
  const asked = Object.keys(READERS).filter((name) => preferences.has(name))
  if (asked.length === 0) return undefined
  const name = `Prefer: ${asked.map((each) => `${each}=${preferences.get(each)}`).join(', ')}`
  const violation = asked
    .map((each) => READERS[each]?.check(operation, preferences))
    .find((found) => found !== undefined)
  if (violation)
    return { name, effect: { refusal: refuse(operation, violation), change: (response) => withApplied(response, []) } }
  const parts = asked.map((each) => READERS[each]?.apply(operation, preferences.get(each) ?? '') ?? {})
  const change = (response: MockResponse) => withApplied(response, appliedTo(response, preferences))
  const effect: Effect = { change }
  for (const part of parts) Object.assign(effect, part)
  return { name, effect }
}

interface Reader {
  /** The violation of a value that the document does not have. */
  readonly check: (operation: Operation, preferences: Preferences) => Violation | undefined
  readonly apply: (operation: Operation, value: string) => Effect
}

const READERS: Readonly<Record<string, Reader>> = {
  code: { check: checkCode, apply: applyCode },
  wait: { check: checkWait, apply: (_operation, value) => ({ delay: secondsOf(value) * 1000 }) },
  example: { check: checkExample, apply: (operation, value) => ({ reply: exampleOf(operation, value) }) },
}

function checkCode(operation: Operation, preferences: Preferences): Violation | undefined {
  const codes = [SUCCESS, ...documentedRefusals(operation)].map(String)
  return oneOf('code', preferences.get('code') ?? '', codes, operation)
}

function applyCode(operation: Operation, value: string): Effect {
  const refusal = refuseDocumented(
    operation,
    Number(value),
    `The request prefers ${value}. Ask without Prefer for another answer.`,
  )
  return refusal ? { refusal } : {}
}

function checkWait(_operation: Operation, preferences: Preferences): Violation | undefined {
  const value = preferences.get('wait') ?? ''
  if (/^\d+(\.\d+)?$/.test(value)) return undefined
  return { pointer: '/headers/prefer', expected: 'wait in seconds, such as wait=2', received: `wait=${value}` }
}

const secondsOf = (value: string) => Math.min(Number(value), LONGEST_WAIT)

/** Examples are of the success: with another code there is none. */
function checkExample(operation: Operation, preferences: Preferences): Violation | undefined {
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
function appliedTo({ status }: MockResponse, preferences: Preferences): string[] {
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
function withApplied(response: MockResponse, applied: readonly string[]): MockResponse {
  const vary = [response.headers.Vary, 'Prefer'].filter(Boolean).join(', ')
  const told = applied.length > 0 ? { 'Preference-Applied': applied.join(', ') } : {}
  return { ...response, headers: { ...response.headers, ...told, Vary: vary } }
}

import type { Violation } from './types.ts'

/** A refusal of the mock in its own words. */
export interface Problem {
  readonly status: number
  readonly detail: string
  readonly errors: readonly Violation[]
}

/** A refusal as an exception, for the caller that asked. */
export class Refused extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail)
    this.problem = problem
  }
}

/** Reads a problem document. An answer that is none, as of a proxy, is told by its status. */
export function readProblem(status: number, text: string): Problem {
  const document = parse(text)
  const detail = typeof document.detail === 'string' ? document.detail : `The server answered ${status}.`
  const errors: unknown = document.errors
  return { status, detail, errors: Array.isArray(errors) ? errors.filter(isViolation) : [] }
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isViolation = (value: unknown): value is Violation =>
  isObject(value) && typeof value.pointer === 'string' && typeof value.expected === 'string'

/** Any exception as a problem: status 0 where the mock did not answer. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Refused) return error.problem
  const detail = error instanceof TypeError ? 'The mock did not answer. Is it still running?' : String(error)
  return { status: 0, detail, errors: [] }
}

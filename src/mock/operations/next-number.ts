import { ApiError } from '../../openapi/api-error.ts'
import { OutOfNumbers } from '../store/store.ts'

/** The next number of a counter; refuses with the operation's status for bad bodies if none is left. */
export function nextNumber(next: () => number, status: number, violation: { pointer: string; expected: string }) {
  try {
    return next()
  } catch (error) {
    throw error instanceof OutOfNumbers ? new ApiError(status, error.message, [violation]) : error
  }
}

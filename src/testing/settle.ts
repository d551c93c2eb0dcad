import type { TestSession } from './test-session.ts'

/** Runs the work of a test, and ends its session. */
export async function runIn<T>(
  session: TestSession,
  title: string,
  work: (session: TestSession) => Promise<T>,
): Promise<T> {
  let result: T
  try {
    result = await work(session)
  } catch (error) {
    await settle(session, title, true)
    throw error
  }
  await settle(session, title, false)
  return result
}

/** Ends the session of a test. Prints its requests if the test has failed or has problems; problems fail the test. */
export async function settle(session: TestSession, title: string, failed: boolean): Promise<void> {
  const { problems, journal } = await session.finish()
  if (!failed && problems.length === 0) return
  const found = problems.map((problem) => `\n  ${problem}`).join('')
  // Test runners show console output together with the test.
  console.error(`inboxes-mock, what ${JSON.stringify(title)} asked for:\n${journal}${failed ? found : ''}`)
  if (!failed) throw withoutStack(`inboxes-mock: the test passed, but${found}`)
}

/** Removes the stack: it points into this package, and test runners would print that code. */
export function withoutStack(message: string): Error {
  const error = new Error(message)
  error.stack = `Error: ${message}`
  return error
}

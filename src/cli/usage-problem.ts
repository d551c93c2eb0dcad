/** The command cannot begin, because of what it was given. The message has one line and says what to do; the exit code is 2. */
export class UsageProblem extends Error {
  override readonly name = 'UsageProblem'
}

/** Each step of the exported test begins with a comment of its request, such as `  // "GET /v2/pet/1 200"`. */
const STEP = /^ {2}\/\/ "/

/**
 * The test of the journal up to one request, which is `fromEnd` steps before its last. The steps before it stay, because the
 * state that it meets is theirs.
 */
export function testUpTo(source: string, fromEnd: number): string {
  const lines = source.split('\n')
  const steps = lines.flatMap((line, index) => (STEP.test(line) ? [index] : []))
  const next = steps[steps.length - fromEnd]
  if (fromEnd <= 0 || next === undefined) return source
  const end = lines.findLastIndex((line) => line.startsWith('}'))
  return [...withoutState(lines.slice(0, next)), ...lines.slice(end)].join('\n')
}

/** The state that is put before the next step is of no use without that step. */
const withoutState = (lines: readonly string[]) => (isState(lines.at(-1)) ? lines.slice(0, -1) : lines)

const isState = (line: string | undefined) => line?.startsWith('  await mock.session().putState(') ?? false

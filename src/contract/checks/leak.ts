import { type Interaction, isDenied, statusOf } from '../interaction.ts'
import { defineCheck, type Observation } from './check.ts'

/** An error must not tell what only the server should know. */
export const leak = defineCheck({
  id: 'leak',
  title: 'Errors tell no key and no trace',
  anyMethod: true,
  inspect: (interaction) => (statusOf(interaction) < 400 ? undefined : traceIn(interaction)),

  /**
   * The right key must not come back in an error, unless the request had it in another place than its header. A hint at the
   * key that the document itself advertises tells no secret.
   */
  ofKey: (key: string, isAdvertised: boolean, interaction: Interaction): Observation | undefined => {
    const { answer, request } = interaction
    if (!answer || statusOf(interaction) < 400 || key.length < SHORTEST || isSent(key, request)) return undefined
    const text = answer.bytes.toString('latin1') + Object.values(answer.headers).join('\n')
    if (!text.includes(Buffer.from(key).toString('latin1'))) return undefined
    const isHint = isAdvertised && isDenied(answer.status)
    return {
      ...(isHint && { level: 'advice' }),
      place: `the key in ${answer.status}`,
      expected: 'an error without the key',
      actual: `${answer.status} with the key`,
    }
  },
})

/** No error's body is documented, so that a trace in it is advised against. */
function traceIn({ answer }: Interaction): Observation[] {
  const lines = answer?.bytes.subarray(0, MOST).toString('latin1').split('\n') ?? []
  const trace = lines.find((line) => line.length <= LONGEST && TRACES.some((pattern) => pattern.test(line)))
  if (trace === undefined) return []
  const actual = trace.trim().slice(0, 80)
  return [{ level: 'advice', place: 'a trace of the program', expected: 'an error without a trace', actual }]
}

/** Shorter secrets come up by chance. */
const SHORTEST = 6
/** Bytes of an error that are searched for a trace. */
const MOST = 65_536

/** Characters of a line of a trace; longer lines are none. */
const LONGEST = 500

/** Lines of traces as Node, Python, Java, Go, PHP and Ruby write them, and errors of databases. */
const TRACES: readonly RegExp[] = [
  /^\s+at .+\(.*:\d+:\d+\)/,
  /Traceback \(most recent call last\)/,
  /^\s*at [\w.$]+\(\w+\.java:\d+\)/,
  /goroutine \d+ \[/,
  /^#0 .+\.php/,
  /\.rb:\d+:in /,
  /SQLSTATE\[/,
  /ORA-\d{5}/,
]

/** Other headers than that of the key, the path and the body may be quoted. */
const isSent = (secret: string, { path, headers, body }: Interaction['request']) =>
  path.includes(encodeURIComponent(secret)) ||
  Object.entries(headers).some(([name, value]) => name !== 'api_key' && value.includes(secret)) ||
  (body?.includes(secret) ?? false)

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
  const trace = TRACE.exec(answer?.bytes.subarray(0, MOST).toString('latin1') ?? '')
  if (trace === null) return []
  const actual = trace[0].trim().slice(0, 80)
  return [{ level: 'advice', place: 'a trace of the program', expected: 'an error without a trace', actual }]
}

/** Shorter secrets come up by chance. */
const SHORTEST = 6
/** Bytes of an error that are searched for a trace. */
const MOST = 65_536

/** Traces as Node, Python, Java, Go, PHP and Ruby write them, and errors of databases. */
const TRACE =
  /\n\s+at [^\n]+\([^\n]*:\d+:\d+\)|Traceback \(most recent call last\)|\n\s*at [\w.$]+\([\w]+\.java:\d+\)|goroutine \d+ \[|\n#0 [^\n]+\.php|\.rb:\d+:in |SQLSTATE\[|ORA-\d{5}/

/** Other headers than that of the key, the path and the body may be quoted. */
const isSent = (secret: string, { path, headers, body }: Interaction['request']) =>
  path.includes(encodeURIComponent(secret)) ||
  Object.entries(headers).some(([name, value]) => name !== 'api_key' && value.includes(secret)) ||
  (body?.includes(secret) ?? false)

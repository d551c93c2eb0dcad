import { type Answer, isSuccess } from '../../http/answers/answer.ts'
import type { ApiDocument } from '../../openapi/document.ts'
import { checkAnswer } from './check-answer.ts'
import { TRAIL_HEADER } from './live-request.ts'
import { type LiveSide, whyOf } from './live-side.ts'
import type { UpstreamOptions } from './upstream-options.ts'

/** Milliseconds that a start waits for the live server. */
const PATIENCE = 3_000

/** Asks the live server for its inventory, and says in one sentence what is wrong; undefined if nothing is. */
export async function probeLive(
  side: LiveSide,
  { url, clientKey }: UpstreamOptions,
  document: ApiDocument,
  patienceMs = PATIENCE,
): Promise<string | undefined> {
  const { live, name, accepted } = side.keys
  const key = clientKey ? undefined : (live ?? accepted[0])
  const headers = { accept: 'application/json', [TRAIL_HEADER]: name, ...(key !== undefined && { api_key: key }) }
  const request = { method: 'GET', path: PATH, headers }
  const patience = AbortSignal.timeout(patienceMs)
  const asked = await side.ask(request, patience)
  const { outcome } = asked
  const hint = hasBasePath(url)
    ? ''
    : ` ${url} has no base path; perhaps ${url.replace(/(?<!\/)\/+$/, '')}/v2 is meant.`
  if (outcome.kind === 'down' && patience.aborted)
    return `The live server ${side.host} gave no answer within ${patienceMs} ms; each request may wait that long.${hint}`
  if (outcome.kind === 'down')
    return `${whyOf(side, asked)} Until it is up again, only what was seen of it is answered.${hint}`
  if (outcome.kind === 'unusable') return `${whyOf(side, asked)}${hint || ' See --upstream.'}`
  const { answer } = outcome
  if (isSuccess({ answer })) {
    const other = await otherThanInventory(side, document, answer)
    return other && `The live server ${side.host} answered GET ${url}${PATH} with no inventory: ${other}.${hint}`
  }
  const { status } = answer
  if (status === 401 || status === 403) return refusedKey(side.host, status, live, clientKey)
  return `The live server ${side.host} answered ${status} to GET ${url}${PATH}.${hint || ' See --upstream.'}`
}

const PATH = '/store/inventory'

/** The first breach of the document by an answer to the probe. A server of another API answers something, too. */
async function otherThanInventory(
  { maxBytes }: LiveSide,
  document: ApiDocument,
  answer: Answer,
): Promise<string | undefined> {
  const operation = document.operations.find(({ path, method }) => path === PATH && method === 'GET')
  if (operation === undefined) return undefined
  if (answer.status !== 200) return '/status must be 200'
  const asked = { method: 'GET', accept: 'application/json', isValid: true }
  const { violations } = await checkAnswer(document, operation, asked, answer, maxBytes)
  const [first] = violations
  return first && `${first.pointer} must be ${first.expected}`
}

const hasBasePath = (url: string) => new URL(url).pathname.replace(/(?<!\/)\/+$/, '') !== ''

function refusedKey(host: string, status: number, key: string | undefined, clientKey = false): string | undefined {
  if (clientKey || key === undefined)
    return clientKey
      ? undefined
      : `The live server ${host} asks for a key (${status}). Set INBOXES_API_KEY, or use --upstream-key client.`
  return `The live server ${host} refuses the key of INBOXES_API_KEY (${status}). Set the right one.`
}

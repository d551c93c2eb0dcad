import { isSuccess } from '../../http/answers/answer.ts'
import { TRAIL_HEADER } from './live-request.ts'
import { type LiveSide, whyOf } from './live-side.ts'
import type { UpstreamOptions } from './upstream-options.ts'

/** Milliseconds that a start waits for the live server. */
const PATIENCE = 3_000

/** Asks the live server for its inventory, and says in one sentence what is wrong; undefined if nothing is. */
export async function probeLive(side: LiveSide, { url, clientKey }: UpstreamOptions): Promise<string | undefined> {
  const { live, name, accepted } = side.keys
  const key = clientKey ? undefined : (live ?? accepted[0])
  const headers = { accept: 'application/json', [TRAIL_HEADER]: name, ...(key !== undefined && { api_key: key }) }
  const request = { method: 'GET', path: '/store/inventory', headers }
  const asked = await side.ask(request, AbortSignal.timeout(PATIENCE))
  const { outcome } = asked
  const hint = hasBasePath(url)
    ? ''
    : ` ${url} has no base path; perhaps ${url.replace(/(?<!\/)\/+$/, '')}/v2 is meant.`
  if (outcome.kind === 'down')
    return `${whyOf(side, asked)} Until it is up again, only what was seen of it is answered.${hint}`
  if (outcome.kind === 'unusable') return `${whyOf(side, asked)}${hint || ' See --upstream.'}`
  if (isSuccess(outcome)) return undefined
  const { status } = outcome.answer
  if (status === 401 || status === 403) return refusedKey(side.host, status, live, clientKey)
  return `The live server ${side.host} answered ${status} to GET ${url}/store/inventory.${hint || ' See --upstream.'}`
}

const hasBasePath = (url: string) => new URL(url).pathname.replace(/(?<!\/)\/+$/, '') !== ''

function refusedKey(host: string, status: number, key: string | undefined, clientKey = false): string | undefined {
  if (clientKey || key === undefined)
    return clientKey
      ? undefined
      : `The live server ${host} asks for a key (${status}). Set INBOXES_API_KEY, or use --upstream-key client.`
  return `The live server ${host} refuses the key of INBOXES_API_KEY (${status}). Set the right one.`
}

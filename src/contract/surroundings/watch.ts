import type { Sent } from '../../http/transport/transport.ts'
import { type Interaction, isDenied, isValid, mediaTypeOf, type Request, statusOf } from '../interaction.ts'
import { RunEnded } from '../run-ended.ts'

/** Tells, during a run, what stands before the server from the server itself. */
export interface Watch {
  /** Begins with a request that the server took. */
  readonly begin: (taken: Interaction) => void
  /**
   * True if something before the server answered. Rejects with a RunEnded if from now on it answers everything: a session that
   * has ended, a gateway that has seen enough of this client.
   */
  readonly isForeign: (interaction: Interaction) => Promise<boolean>
  /** Says which requests were answered by something else; '' if none was. */
  readonly summary: () => string
}

export function createWatch(baseUrl: string, send: (request: Request) => Promise<Sent>): Watch {
  const target = new URL(baseUrl)
  const foreign: Interaction[] = []
  let taken: Request | undefined
  let ownRefusal: string | undefined

  /** Compares with what the server took before: if it is refused too, then not for this request's sake. */
  const isRefusedFromNowOn = async () => taken !== undefined && isDenied(statusOf(await send(taken)))
  /** The media type in which the server itself refuses a key. */
  const typeOfOwnRefusal = async (request: Request) => {
    const { api_key: _key, ...headers } = request.headers
    return mediaTypeOf((await send({ ...request, headers })).answer)
  }
  const isPageOfAnother = async (interaction: Interaction) => {
    if (taken === undefined || mediaTypeOf(interaction.answer) !== 'text/html') return false
    ownRefusal ??= await typeOfOwnRefusal(taken)
    return ownRefusal !== 'text/html'
  }
  const isForeign = async (interaction: Interaction) => {
    if (taken === undefined) return false
    const elsewhere = otherHostOf(interaction, target)
    if (elsewhere !== '') throw new RunEnded(sentElsewhere(interaction, elsewhere))
    if (NETWORK.includes(statusOf(interaction))) throw new RunEnded(refusedByNetwork(interaction))
    if (!isRefusedThoughValid(interaction)) return false
    if (await isRefusedFromNowOn()) throw new RunEnded(refusedFromNowOn(interaction))
    const isAnothers = await isPageOfAnother(interaction)
    if (isAnothers) foreign.push(interaction)
    return isAnothers
  }
  return {
    begin: ({ request }) => {
      taken = request
    },
    isForeign,
    summary: () => refusedByAnother(foreign),
  }
}

/** A proxy, or the network, wants a login (RFC 9110, section 15.5.8; RFC 6585, section 6). */
const NETWORK = [407, 511]

/** Statuses by which firewalls refuse single requests. Those for a record that is not there have the key too. */
const isRefusedThoughValid = ({ expectation, answer }: Interaction) =>
  (isValid(expectation) || expectation.startsWith('missing')) && [401, 403, 406].includes(statusOf({ answer }))

/** The address on another host that a request is redirected to; '' if it is not. */
function otherHostOf({ answer }: Interaction, target: URL): string {
  const location = answer?.headers.location ?? ''
  const isRedirect = answer !== undefined && answer.status >= 300 && answer.status < 400
  if (!isRedirect || !URL.canParse(location, target.href)) return ''
  const where = new URL(location, target.href)
  return where.hostname === target.hostname ? '' : where.origin + where.pathname
}

const nameOf = ({ request }: Interaction) => `${request.method} ${request.path.split('?')[0]}`

const sentElsewhere = (interaction: Interaction, where: string) =>
  `${nameOf(interaction)} was redirected to ${where}, after other requests were answered: a session has ended, or a gateway leads elsewhere. Log in again, or use an address behind the gateway.`

const refusedByNetwork = (interaction: Interaction) =>
  `A proxy or the network wants a login (${statusOf(interaction)} to ${nameOf(interaction)}), after it let other requests through. Log in, and run again.`

const refusedFromNowOn = (interaction: Interaction) =>
  `From ${nameOf(interaction)} on, the server or a gateway before it refuses (${statusOf(interaction)}) what it took before: a session or key has ended, or this client has sent too much. Let it through, renew what --header or --api-key gives, or send fewer: --rate 5/s`

function refusedByAnother(foreign: readonly Interaction[]): string {
  const [first] = foreign
  if (first === undefined) return ''
  return `A firewall before the server refused ${foreign.length} valid requests with a page (${statusOf(first)}), as the server itself does not, such as ${nameOf(first)}. Let this suite through.`
}

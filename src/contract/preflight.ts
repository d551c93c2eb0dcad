import { type Exchange, statusOf } from './exchange.ts'
import type { Session } from './session.ts'

const DENYING = [401, 403]

/** Whether the server can be looked at all: reached, at this base path, with this key. Resolves with what is wrong, or ''. */
export async function preflight(session: Session): Promise<string> {
  const probes = [
    await session.send('getInventory', { accept: 'application/json', about: 'the inventory, first of all' }),
    await session.send('findPetsByStatus', {
      query: 'status=available',
      accept: 'application/json',
      about: 'listing, first of all',
    }),
    await session.send('logoutUser', { about: 'a logout, first of all' }),
  ]
  return unreachable(probes) || wrongBasePath(probes) || keyRefused(probes, session.key)
}

function unreachable(probes: readonly Exchange[]): string {
  const isOut = probes.every(({ answer }) => answer === undefined)
  return isOut ? `The server does not answer: ${probes[0]?.failure}. Start it, or correct --base-url.` : ''
}

function wrongBasePath(probes: readonly Exchange[]): string {
  const isWrong = probes.every((probe) => statusOf(probe) === 404)
  return isWrong ? 'Every path is 404. The base path is wrong: --base-url must end in it, such as /v2.' : ''
}

function keyRefused(probes: readonly Exchange[], key: string | undefined): string {
  const secured = probes.filter(({ operation }) => operation?.secured)
  if (!secured.every((probe) => DENYING.includes(statusOf(probe)))) return ''
  return key
    ? 'The server refuses the key. Give another by --api-key or INBOXES_API_KEY.'
    : 'The server asks for a key. Give it by --api-key or INBOXES_API_KEY.'
}

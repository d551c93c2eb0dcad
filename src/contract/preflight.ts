import { type Interaction, isSuccess, mediaTypeOf, statusOf } from './interaction.ts'
import type { Run } from './run.ts'

const DENYING = [401, 403]

/** Tests that the server is there, under this base path, and takes this key. Resolves with the problem, or ''. */
export async function preflight(run: Run): Promise<string> {
  const probes = [
    await run.send('getInventory', { accept: 'application/json', about: 'the inventory, first of all' }),
    await run.send('findPetsByStatus', {
      query: 'status=available',
      accept: 'application/json',
      about: 'listing, first of all',
    }),
    await run.send('logoutUser', { about: 'a logout, first of all' }),
  ]
  return (
    unreachable(probes) ||
    redirected(probes) ||
    wrongBasePath(probes) ||
    keyRefused(probes, run.key) ||
    pages(probes) ||
    (await taken(run))
  )
}

function unreachable(probes: readonly Interaction[]): string {
  const isOut = probes.every(({ answer }) => answer === undefined)
  return isOut ? `The server does not answer: ${probes[0]?.failure}. Start it, or correct --base-url.` : ''
}

function redirected(probes: readonly Interaction[]): string {
  const isElsewhere = probes.every((probe) => statusOf(probe) >= 300 && statusOf(probe) < 400)
  const where = probes[0]?.answer?.headers.location
  return isElsewhere
    ? `The server redirects every request${where ? `, to ${where}` : ''}. Set --base-url to that address.`
    : ''
}

/** Detects a proxy, a login page or a web site in place of the API. */
function pages(probes: readonly Interaction[]): string {
  const answers = probes.filter(({ operation }) => operation?.secured)
  if (!answers.every(({ answer }) => mediaTypeOf(answer) === 'text/html')) return ''
  const statuses = [...new Set(answers.map(statusOf))].join(', ')
  return `The server answers with HTML pages (${statuses}), as a proxy or a web site does. Correct --base-url, or see what stands before the API.`
}

/** Records that already have this run's names belong to somebody else. */
async function taken(run: Run): Promise<string> {
  if (run.mode !== 'owned') return ''
  const path = { username: `${run.prefix}Ada` }
  const probe = await run.send('getUserByName', {
    path,
    expect: 'any',
    about: 'a user of this run, before it is created',
  })
  return isSuccess(probe)
    ? `Users of an earlier or another run with --seed ${run.seed} are there. Clean up its journal, or choose another --seed.`
    : ''
}

function wrongBasePath(probes: readonly Interaction[]): string {
  const isWrong = probes.every((probe) => statusOf(probe) === 404)
  return isWrong ? 'Every path is 404. The base path is wrong: --base-url must end in it, such as /v2.' : ''
}

function keyRefused(probes: readonly Interaction[], key: string | undefined): string {
  const secured = probes.filter(({ operation }) => operation?.secured)
  if (!secured.every((probe) => DENYING.includes(statusOf(probe)))) return ''
  return key
    ? 'The server refuses the key. Give another by --api-key or INBOXES_API_KEY.'
    : 'The server asks for a key. Give it by --api-key or INBOXES_API_KEY.'
}

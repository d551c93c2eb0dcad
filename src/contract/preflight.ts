import { NO_KEY } from './cases/wrong-keys.ts'
import { type Interaction, isDenied, isSuccess, statusOf } from './interaction.ts'
import type { Run } from './run.ts'
import { FRONTS } from './surroundings/front.ts'
import { type Probes, sendProbes } from './surroundings/probes.ts'
import { speaksTls } from './surroundings/speaks-tls.ts'

/** Tests that the server is there, under this base path, and takes this key. Resolves with the problem, or ''. */
export async function preflight(run: Run, baseUrl: string): Promise<string> {
  const probes = await sendProbes(run)
  const problem = await problemOf(run, probes, baseUrl)
  const taken = probes.secured.find(isSuccess) ?? probes.all.find(isSuccess)
  if (problem === '' && taken) run.watch.begin(taken)
  return problem
}

async function problemOf(run: Run, probes: Probes, baseUrl: string): Promise<string> {
  return (
    (await unreachable(probes, new URL(baseUrl))) ||
    (await foreignUserAgent(run, probes)) ||
    FRONTS.map((front) => front(probes, new URL(baseUrl))).find(Boolean) ||
    (await keyRefused(run, probes)) ||
    taken(run, probes)
  )
}

async function unreachable({ all }: Probes, target: URL): Promise<string> {
  if (!all.every(({ answer }) => answer === undefined)) return ''
  if (target.protocol === 'http:' && (await speaksTls(target)))
    return `${target.host} speaks TLS. Write https:// in --base-url.`
  const failure = all[0]?.failure ?? ''
  // The codes of Node's parser of HTTP.
  if (failure.startsWith('HPE_'))
    return `What ${target.host} sends is not HTTP as it should be (${failure}). Correct --base-url, or see how the server writes the headers and lengths of its answers.`
  return `The server does not answer: ${failure}. Start it, or correct --base-url.`
}

/** A browser, to a firewall that knows clients by their names. */
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

/** If everything is refused, the same request by another client may not be. */
async function foreignUserAgent(run: Run, { all }: Probes): Promise<string> {
  const [first] = all
  const isRefused = all.every((probe) => [400, 403, 406].includes(statusOf(probe)))
  if (!first?.operation || !isRefused) return ''
  const { id } = first.operation
  const headers = { 'User-Agent': BROWSER }
  const query = first.request.path.split('?')[1]
  const again = await run.send(id, { headers, ...(query && { query }), expect: 'any', about: 'as a browser' })
  return statusOf(again) === statusOf(first) || statusOf(again) === 0
    ? ''
    : `A firewall before the server refuses this suite by its User-Agent (${statusOf(first)}). Allow it, or name another client: --header 'User-Agent: …'`
}

/** Says whether the key is wrong or does not arrive: a proxy that drops it makes a wrong key look like none. */
async function keyRefused(run: Run, { secured }: Probes): Promise<string> {
  const [first] = secured
  if (!first?.operation || !secured.every((probe) => isDenied(statusOf(probe)))) return ''
  if (!run.key) return 'The server asks for a key. Give it by --api-key or INBOXES_API_KEY.'
  const without = await run.send(first.operation.id, { ...NO_KEY, expect: 'any', about: 'without a key, to compare' })
  const other = 'Give another by --api-key or INBOXES_API_KEY.'
  return isSameRefusal(first, without)
    ? `The server refuses the key, as if there were none. ${other} Or a proxy before the server drops the header api_key, as nginx does with names that have an underscore (underscores_in_headers on).`
    : `The server refuses the key. ${other}`
}

const isSameRefusal = (one: Interaction, other: Interaction) =>
  one.answer !== undefined && other.answer?.status === one.answer.status && other.answer.bytes.equals(one.answer.bytes)

/** Records that already have this run's names belong to somebody else. */
function taken({ mode }: Run, { user }: Probes): string {
  return mode === 'owned' && user && isSuccess(user)
    ? 'Users of another run with this --run-id are there. Run contract cleanup with its clean-up log, or choose another --run-id.'
    : ''
}

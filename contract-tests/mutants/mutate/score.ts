import type { Mutant } from './mutant.ts'
import type { Placed } from './place.ts'
import { createPlayer } from './player.ts'
import { plainFailures, putToTries, type Tried, triesOf } from './put-to-suite.ts'
import { runMutant } from './run-mutant.ts'
import { stepOf, XML_TYPE } from './sent.ts'
import { type Recorded, record } from './session.ts'
import { sessionOf } from './sessions.ts'
import { type Difference, tellApart, type Verdict } from './tell-apart.ts'

/** How a server is scored. */
export interface Options {
  readonly seed: number
  /** The random requests, over all sessions. */
  readonly requests: number
  readonly lanes: number
  /** The mutants to look at. */
  readonly mutants: readonly Mutant[]
  readonly progress: (text: string) => void
  /** Called with each mutant that is missed. */
  readonly onMissed: (missed: Missed) => void
}

/** A mutant that is told from its server and that the suite does not catch. */
export interface Missed extends Difference {
  readonly mutant: Mutant
  /** Why no run of the suite came to its end; '' if they did. */
  readonly problem: string
}

/** The score of one server. */
export interface Score {
  readonly mutants: number
  readonly notStarting: number
  readonly toldApart: number
  readonly missed: readonly Missed[]
}

/** Requests of one session: fewer would take more starts, more would go on for long after an early difference. */
const LENGTH = 1000

/** Tells the mutants from their server, and puts each that differs to the suite. */
export async function score(placed: Placed, options: Options): Promise<Score> {
  const sessions = await recordSessions(placed, options)
  const verdicts: Verdict[] = []
  const missed: Missed[] = []
  const put = await suiteFor(placed, options.seed)
  const decide = async (number: number, verdict: Verdict) => {
    verdicts.push(verdict)
    const mutant = options.mutants.find((one) => one.number === number)
    if (mutant && typeof verdict === 'object') {
      const { isCaught, problem } = await put(number)
      if (!isCaught) missed.push({ mutant, problem, ...verdict })
      if (!isCaught) options.onMissed({ mutant, problem, ...verdict })
    }
    options.progress(`${verdicts.length} of ${options.mutants.length} done, ${missed.length} missed`)
  }
  const only = options.mutants.map(({ number }) => number)
  await tellApart({ placed, sessions, lanes: options.lanes, decide }, only)
  return scoreOf(verdicts, missed)
}

const scoreOf = (verdicts: readonly Verdict[], missed: readonly Missed[]): Score => ({
  mutants: verdicts.length,
  notStarting: verdicts.filter((verdict) => verdict === 'no start').length,
  toldApart: verdicts.filter((verdict) => typeof verdict === 'object').length,
  missed,
})

/** Puts mutants to the suite. */
async function suiteFor(placed: Placed, seed: number): Promise<(number: number) => Promise<Tried>> {
  const tries = triesOf(seed)
  const known = await plainFailures(placed, tries)
  return (number) => putToTries(placed, number, tries, known)
}

/** The sessions on the plain server. */
async function recordSessions(placed: Placed, { seed, requests }: Options): Promise<Recorded[]> {
  const ids = await petsOf(placed)
  const count = Math.ceil(requests / LENGTH)
  const recorded: Recorded[] = []
  for (let index = 0; index < count; index++) {
    const length = Math.min(LENGTH, requests - index * LENGTH)
    recorded.push(await record(placed, sessionOf(seed * 1000 + index, length, ids)))
  }
  return recorded
}

/** The ids of the pets that a server begins with: it creates none. */
async function petsOf(placed: Placed): Promise<number[]> {
  const running = await runMutant(placed, [])
  if (running === undefined) throw new Error(`${placed.id} does not start.`)
  const player = createPlayer(running.url, 5000)
  const headers = { api_key: 'special-key', Accept: XML_TYPE }
  const { answer } = await player.play(
    stepOf('', ['GET', '/pet/findByStatus?status=available,pending,sold'], { headers }),
  )
  player.close()
  await running.stop()
  return [...(answer?.bytes.toString() ?? '').matchAll(/<Pet><id>(\d+)</g)].map(([, id]) => Number(id))
}

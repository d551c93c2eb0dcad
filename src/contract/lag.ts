import { setTimeout as sleep } from 'node:timers/promises'
import { type Interaction, is5xx, isSuccess, statusOf } from './interaction.ts'

/** An attempt at a request. */
interface Attempt {
  readonly interaction: Interaction
}

/** Waits for writes that are done a moment after they were acknowledged. */
export interface Lag {
  /** Takes note of each write. */
  readonly saw: (interaction: Interaction) => void
  /** Repeats the request until it comes out as awaited, if the last writes may still be under way. */
  readonly await: <T extends Attempt>(
    first: T,
    again: () => Promise<T>,
    until: ((interaction: Interaction) => boolean) | undefined,
  ) => Promise<T>
  /** Waits as long after the last write as the server was seen to need. */
  readonly settle: () => Promise<void>
}

/** A write that was accepted with 202 may take so long (milliseconds), and so may lists after any write. */
const MOST_MS = 2000
const STEPS_MS = [10, 20, 40, 80, 150, 250]

/** Readings of many records, which servers often keep apart from the records. */
const OF_MANY: readonly string[] = ['findPetsByStatus', 'findPetsByTags', 'getInventory']

/** `lagged` gets each list that showed a write late, with the time that it took. */
export function createLag(now: () => number, lagged: (interaction: Interaction, waitedMs: number) => void): Lag {
  let [acceptedAt, writtenAt, longest] = [-Infinity, -Infinity, 0]
  const stale = new Set<string>()

  const mayCome = ({ operation }: Interaction) => {
    if (now() - acceptedAt < MOST_MS) return true
    return OF_MANY.includes(operation?.id ?? '') && now() - writtenAt < MOST_MS
  }
  const keyOf = ({ operation, expectation }: Interaction) => `${operation?.id} ${expectation}`
  return {
    saw: (interaction) => {
      if (!isSuccess(interaction) || isReading(interaction)) return
      writtenAt = now()
      if (statusOf(interaction) === 202) acceptedAt = now()
    },
    await: async (first, again, until) => {
      const isAwaited = ({ interaction }: Attempt) => isExpected(interaction) && (until?.(interaction) ?? true)
      const startedAt = now()
      let last = first
      for (
        let turn = 0;
        !isAwaited(last) && mayCome(last.interaction) && !stale.has(keyOf(last.interaction));
        turn += 1
      ) {
        await sleep(STEPS_MS[turn] ?? STEPS_MS.at(-1))
        last = await again()
      }
      if (last === first) return first
      if (!isAwaited(last)) stale.add(keyOf(last.interaction))
      else longest = Math.max(longest, now() - startedAt)
      if (isAwaited(last) && now() - acceptedAt >= MOST_MS) lagged(last.interaction, now() - startedAt)
      return last
    },
    settle: async () => {
      const left = longest > 0 ? writtenAt + Math.min(MOST_MS, 2 * longest + 50) - now() : 0
      if (left > 0) await sleep(left)
    },
  }
}

const isReading = ({ request }: Interaction) => ['GET', 'HEAD', 'OPTIONS'].includes(request.method)

/** False if a write that is still under way may explain the status. */
function isExpected(interaction: Interaction): boolean {
  const { expectation, answer } = interaction
  if (!answer || is5xx(answer.status)) return true
  if (expectation === 'success') return isSuccess(interaction)
  if (expectation === 'missing' || expectation === 'missing-or-invalid') return !isSuccess(interaction)
  return expectation !== 'refused' || !isReading(interaction) || !isSuccess(interaction)
}

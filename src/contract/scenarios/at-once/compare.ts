import { crossCheck } from '../../checks/cross-check.ts'
import { type Interaction, isSuccess } from '../../interaction.ts'
import type { Run } from '../../run.ts'
import type { Sending } from '../../sending.ts'

/** A request of a scenario. */
export type Planned = readonly [operationId: string, sending: Sending]

/** How often the same requests are sent together, each time with other neighbours. */
const ROUNDS = 3
/** So many are on their way at most: a server, and what stands before it, may limit connections. */
const AT_ONCE = 8

/** Sends each reading alone, then many at the same time. Each must show the same both times. */
export async function compareAtOnce(run: Run, readings: readonly Planned[]): Promise<void> {
  const alone: { readonly planned: Planned; readonly shown: Interaction }[] = []
  for (const planned of readings) alone.push({ planned, shown: await run.send(...planned) })
  for (let round = 0; round < ROUNDS; round += 1) {
    const turned = [...alone.slice(round), ...alone.slice(0, round)]
    for (let from = 0; from < turned.length; from += AT_ONCE) await compareSome(run, turned.slice(from, from + AT_ONCE))
  }
}

async function compareSome(
  run: Run,
  some: readonly { readonly planned: Planned; readonly shown: Interaction }[],
): Promise<void> {
  const together = await run.sendTogether(some.map(({ planned }) => atOnce(planned)))
  for (const [index, interaction] of together.entries()) compare(run, some[index]?.shown, interaction)
}

const atOnce = ([operationId, sending]: Planned): Planned => [
  operationId,
  { ...sending, about: `${sending.about}, with others at once` },
]

/** Each login may give another token. */
function compare(run: Run, alone: Interaction | undefined, together: Interaction): void {
  if (!alone || !isSuccess(alone) || !isSuccess(together) || together.operation?.id === 'loginUser') return
  run.check(crossCheck, together, crossCheck.atOnce(alone.value, together.value))
}

import { setTimeout as sleep } from 'node:timers/promises'
import { findLoss, type Tolerance } from '../../../http/answers/compare.ts'
import { readBack } from '../../checks/read-back.ts'
import { type Interaction, isSuccess, statusOf } from '../../interaction.ts'
import type { Run } from '../../run.ts'
import type { Planned } from './compare.ts'

/** The fields of a record that a write sets, each to a text that no other write has. */
export type Texts = Readonly<Record<string, unknown>>

/** A write of a record, and the fields that it sets. */
export interface Write {
  readonly request: Planned
  readonly sets: Texts
}

/** A record that is written by several requests at the same time. */
export interface Written {
  readonly reading: Planned
  readonly before: Texts
  readonly writes: readonly Write[]
  readonly tolerates: Tolerance
}

/** Milliseconds between the readings beside the writes: a server that writes field by field takes some time. */
const PAUSES_MS = [0, 5, 15, 30]

/**
 * Sends writes of one record at the same time, and readings beside them. The record must be whole at any time: as before, or as
 * some of the writes make it one after the other.
 */
export async function writeAtOnce(run: Run, { reading, before, writes, tolerates }: Written): Promise<void> {
  const about = 'writes of one record at once'
  const requests = writes.map(({ request: [id, sending] }): Planned => [id, { ...sending, expect: 'any', about }])
  const [sent, beside] = await Promise.all([run.sendTogether(requests), readBeside(run, reading)])
  if (sent.some((one) => statusOf(one) === 202)) return
  const done = writes.filter((_write, index) => sent[index] && isSuccess(sent[index]))
  for (const read of beside) checkWhole(run, read, [before, ...orders(done, before)], tolerates)
  const [id, sending] = reading
  const after = await run.send(id, { ...sending, expect: 'any', about: `reading after ${about}` })
  if (done.length > 0) checkWhole(run, after, orders(done, before, true), tolerates)
}

async function readBeside(run: Run, [id, sending]: Planned): Promise<Interaction[]> {
  const read: Interaction[] = []
  for (const pause of PAUSES_MS) {
    await sleep(pause)
    read.push(await run.send(id, { ...sending, expect: 'any', about: 'reading beside writes at once' }))
  }
  return read
}

/** The record after some of the writes, or after all of them, in every order. */
function orders(writes: readonly Write[], before: Texts, isAll = false): Texts[] {
  return writes.flatMap((write) => {
    const now = { ...before, ...write.sets }
    const others = writes.filter((other) => other !== write)
    const later = orders(others, now, isAll)
    return isAll && others.length > 0 ? later : [now, ...later]
  })
}

/** Texts that no other client has written prove themselves that two writes are mixed, whatever others do meanwhile. */
function checkWhole(run: Run, read: Interaction, states: readonly Texts[], tolerates: Tolerance): void {
  if (!isSuccess(read)) return
  const shown = Object(read.value)
  const isShown = (state: Texts) => findLoss(state, shown, tolerates) === undefined
  const isPartOf = (name: string) => (state: Texts) =>
    findLoss({ [name]: state[name] }, { [name]: shown[name] }, tolerates) === undefined
  const names = Object.keys(states[0] ?? {})
  const isMixed = !states.some(isShown) && names.every((name) => states.some(isPartOf(name)))
  run.check(readBack, read, isMixed ? readBack.mixed(shown, names) : undefined)
}

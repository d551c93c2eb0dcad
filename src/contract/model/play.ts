import type { Interaction } from '../interaction.ts'
import type { KnownRecords } from '../known-records.ts'
import type { KnownPet } from '../listed-pets.ts'
import type { Run } from '../run.ts'
import { type Command, commandOf, type FastCheck, MismatchError } from './commands.ts'
import type { Mismatch, Model, Server, StepKinds } from './model.ts'
import { removeOrders } from './orders.ts'
import { countOthers, readPets, restorePets } from './pets.ts'
import { RECORDS, type Step } from './step.ts'
import { removeUsers } from './users.ts'

/** The result of one sequence. */
export interface Outcome {
  readonly mismatch: Mismatch | undefined
  /** The steps that were taken. If no step showed the mismatch, the last one is the reading that did. */
  readonly steps: readonly Step[]
  readonly sent: readonly Interaction[]
}

/** Runs a sequence, then reads every record. Leaves the server as it was. */
export async function playSequence(
  fc: FastCheck,
  { run, known, kinds, name }: { run: Run; known: KnownRecords; kinds: StepKinds; name: string },
  commands: Iterable<Command>,
): Promise<Outcome> {
  await run.settle()
  const model = await startModel(run, known, name)
  const before = new Map(model.pets)
  const server: Server = { run, taken: [], sent: [] }
  const mismatch = await firstMismatch(fc, model, server, commands)
  const [steps, sent] = [[...server.taken], [...server.sent]]
  const later = mismatch ? undefined : await firstMismatch(fc, model, server, finalReadings(kinds))
  await removeUsers(model, server, RECORDS)
  await removeOrders(model, server)
  await restorePets(model, server, before)
  if (!later) return { mismatch, steps, sent }
  return { mismatch: later, steps: [...steps, ...server.taken.slice(-1)], sent: [...sent, later.interaction] }
}

async function firstMismatch(
  fc: FastCheck,
  model: Model,
  server: Server,
  commands: Iterable<Command>,
): Promise<Mismatch | undefined> {
  try {
    await fc.asyncModelRun(() => ({ model, real: server }), commands)
    return undefined
  } catch (error) {
    if (error instanceof MismatchError) return error.mismatch
    throw error
  }
}

/** The model begins with what the server shows now, whatever an earlier sequence did to it. */
async function startModel(run: Run, known: KnownRecords, name: string): Promise<Model> {
  const pets = run.mode === 'full' ? await readPets(run, known) : new Map<number, KnownPet>()
  const otherPets = run.mode === 'full' ? await countOthers(run, [...pets.values()]) : {}
  return { name, users: new Map(), orders: new Map(), deletedOrders: new Map(), pets, otherPets }
}

const READINGS = ['read user', 'log in user', 'read order', 'read gone order', 'read pet', 'count pet']

/** Readings of every record, so that no loss goes unnoticed. */
function finalReadings(kinds: StepKinds): Command[] {
  return READINGS.filter((kind) => kind in kinds).flatMap((kind) =>
    Array.from({ length: kind === 'count pet' ? 1 : RECORDS }, (_, record) =>
      commandOf(kinds, { kind, record, text: '', number: 0, status: 'sold' }),
    ),
  )
}

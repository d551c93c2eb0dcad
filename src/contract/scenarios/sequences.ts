import { loadPackage } from '../../openapi/package-files.ts'
import { sequence } from '../checks/sequence.ts'
import { type Commands, type FastCheck, fixedCommands, randomCommands } from '../model/commands.ts'
import { FIXED_SEQUENCES } from '../model/fixed-sequences.ts'
import type { StepKinds } from '../model/model.ts'
import { ORDER_STEPS } from '../model/orders.ts'
import { PET_STEPS } from '../model/pets.ts'
import { type Outcome, playSequence } from '../model/play.ts'
import { type Found, findMismatch, NO_SUCH_PATH, type Play } from '../model/search.ts'
import { formatSequencePath, parseSequencePath } from '../model/sequence-path.ts'
import { describeStep } from '../model/step.ts'
import { USER_STEPS } from '../model/users.ts'
import type { Run } from '../run.ts'
import { type Scenario, WRITING } from './scenario.ts'

/** Compares sequences, most of them random, with a model of the API, and shrinks the first mismatch. */
export const sequences: Scenario = {
  name: 'random sequences',
  isThorough: true,
  operations: [
    ...['createUser', 'createUsersWithListInput', 'getUserByName', 'updateUser', 'deleteUser', 'loginUser'],
    ...['updatePet', 'updatePetWithForm', 'getPetById', 'findPetsByStatus', 'findPetsByTags', 'getInventory'],
    ...['placeOrder', 'getOrderById', 'deleteOrder'],
  ],
  modes: WRITING,
  run: async (run, known) => {
    const fc = loadPackage<FastCheck>('fast-check')
    const groups = groupsFor(run)
    const kinds: StepKinds = Object.assign({}, ...groups)
    const outcomes: Outcome[] = []
    const play: Play = async (commands) => {
      const outcome = await playSequence(
        fc,
        { run, known, kinds, name: `${run.prefix}seq${outcomes.length}` },
        commands,
      )
      outcomes.push(outcome)
      return outcome
    }
    const found = await findFirst(fc, run, groups, play)
    if (found === NO_SUCH_PATH) return run.skip(`No random sequence has the path ${run.sequencePath}.`)
    if (found) return reportMismatch(run, found)
    reportAgreement(run, outcomes)
  },
}

/** Searches one source after the other, up to the first mismatch; in a replay only the source of its path. */
async function findFirst(
  fc: FastCheck,
  { seed, sequences: wanted, sequencePath }: Run,
  groups: readonly StepKinds[],
  play: Play,
): ReturnType<typeof findMismatch> {
  const replay = sequencePath === undefined ? undefined : parseSequencePath(sequencePath)
  const sources = sourcesFor(fc, groups, wanted, replay?.replayPath)
  if (sequencePath !== undefined && !sources[replay?.source ?? -1]) return NO_SUCH_PATH
  for (const [source, row] of sources.entries()) {
    if (replay ? replay.source !== source : row.runs === 0) continue
    const found = await findMismatch(fc, { ...row, source, seed, replay }, play)
    if (found) return found
  }
  return undefined
}

/** The kinds of steps that the mode allows, one group for each kind of record. Pets need a quiet server. */
const groupsFor = ({ mode, allowLeftovers, isDisturbed }: Run): readonly StepKinds[] => [
  USER_STEPS,
  ...(mode === 'full' || allowLeftovers ? [ORDER_STEPS] : []),
  ...(mode === 'full' && !isDisturbed() ? [PET_STEPS] : []),
]

/** Each fixed sequence once, then random ones up to the wanted number. */
function sourcesFor(
  fc: FastCheck,
  groups: readonly StepKinds[],
  wanted: number,
  replayPath: string | undefined,
): { readonly commands: Commands; readonly runs: number }[] {
  const kinds: StepKinds = Object.assign({}, ...groups)
  const fixed = FIXED_SEQUENCES.filter((steps) => steps.every(({ kind }) => kind in kinds))
  return [
    ...fixed.map((steps, index) => ({
      commands: fixedCommands(fc, kinds, steps, replayPath),
      runs: index < wanted ? 1 : 0,
    })),
    { commands: randomCommands(fc, groups, replayPath), runs: Math.max(0, wanted - fixed.length) },
  ]
}

function reportMismatch(run: Run, { outcome: { steps, sent }, mismatch, at }: Found): void {
  const [endsIn, path] = [steps.at(-1)?.kind ?? '', formatSequencePath(at)]
  const seen = sequence.parted({ ...mismatch, endsIn, steps: steps.map(describeStep), sent, path })
  run.check(sequence, mismatch.interaction, seen)
}

function reportAgreement(run: Run, outcomes: readonly Outcome[]): void {
  const last = outcomes.findLast(({ sent }) => sent.length > 0)?.sent.at(-1)
  if (last) run.check(sequence, last, undefined)
}

import type { Arbitrary, AsyncCommand, Value } from 'fast-check'
import { STATUSES } from '../listed-pets.ts'
import { SHORT_TEXTS } from '../variations/texts.ts'
import type { Mismatch, Model, Server, StepKinds } from './model.ts'
import { describeStep, RECORDS, type Step } from './step.ts'

export type FastCheck = typeof import('fast-check')
export type Command = AsyncCommand<Model, Server>
export type Commands = Arbitrary<Iterable<Command>>

/** The most steps of a random sequence. */
const LONGEST = 24

/** Rejects a command, since fast-check stops a sequence only at a rejection. */
export class MismatchError extends Error {
  override readonly name = 'MismatchError'
  readonly mismatch: Mismatch

  constructor(mismatch: Mismatch) {
    super(mismatch.expected)
    this.mismatch = mismatch
  }
}

/** The command that takes a step. */
export const commandOf = (kinds: StepKinds, step: Step): Command => ({
  check: (model) => kinds[step.kind]?.check(model, step) ?? false,
  run: async (model, server) => {
    server.taken.push(step)
    const mismatch = await kinds[step.kind]?.run(model, server, step)
    if (mismatch) throw new MismatchError(mismatch)
  },
  toString: () => describeStep(step),
})

/** fast-check never drops the last command of a sequence, but it replaces it by this one, which is never run. */
const NOTHING: Command = { check: () => false, run: async () => {}, toString: () => 'nothing' }

/** One step in so many is left out, so that each can shrink to nothing. */
const NOTHING_IN = 50

const droppable = (fc: FastCheck, command: Arbitrary<Command>) =>
  fc.oneof(
    { withCrossShrink: true },
    { arbitrary: fc.constant(NOTHING), weight: 1 },
    { arbitrary: fc.noShrink(command), weight: NOTHING_IN - 1 },
  )

/**
 * Random sequences, most of them of one group of kinds, whose steps depend on one another. `replayPath` is what
 * fast-check needs besides the path to come to a shrunk sequence again.
 */
export function randomCommands(fc: FastCheck, groups: readonly StepKinds[], replayPath: string | undefined): Commands {
  const all: StepKinds = Object.assign({}, ...groups)
  const constraints = { maxCommands: LONGEST, size: 'max', ...(replayPath !== undefined && { replayPath }) } as const
  return fc.oneof(
    ...[...groups, all].map((kinds) => {
      const command = randomStep(fc, Object.keys(kinds)).map((step) => commandOf(kinds, step))
      return fc.commands([droppable(fc, command)], constraints)
    }),
  )
}

/** Most steps write; every record is read at the end anyway. */
const randomStep = (fc: FastCheck, kinds: readonly string[]): Arbitrary<Step> =>
  fc.record({
    kind: fc.constantFrom(...kinds, ...kinds.filter((kind) => !READING.test(kind))),
    record: fc.nat({ max: RECORDS - 1 }),
    text: fc.oneof(fc.constantFrom('Ada', 'Zoë', '小白 & co', ''), fc.constantFrom(...SHORT_TEXTS)),
    number: fc.integer({ min: 0, max: 9 }),
    status: fc.constantFrom(...STATUSES),
  })

const READING = /^(read|list status|list tag|count)/

/** One sequence that is always the same, and that shrinks as a random one does. */
export function fixedCommands(
  fc: FastCheck,
  kinds: StepKinds,
  steps: readonly Step[],
  replayPath: string | undefined,
): Commands {
  const left: Step[] = []
  const next = fc.constant(undefined).map(() => {
    const step = left.shift()
    return step ? commandOf(kinds, step) : NOTHING
  })
  const commands = fc.commands([droppable(fc, next)], {
    maxCommands: steps.length,
    size: 'max',
    ...(replayPath !== undefined && { replayPath }),
  })
  return new (class extends fc.Arbitrary<Iterable<Command>> {
    /** `fc.commands` takes a random length; it is asked until it takes every step. */
    override generate(random: Parameters<Commands['generate']>[0]): Value<Iterable<Command>> {
      left.splice(0, Infinity, ...steps)
      const value = commands.generate(random, undefined)
      return left.length === 0 ? value : this.generate(random)
    }
    override canShrinkWithoutContext(_value: unknown): _value is Iterable<Command> {
      return false
    }
    override shrink(value: Iterable<Command>, context: unknown) {
      return commands.shrink(value, context)
    }
  })()
}

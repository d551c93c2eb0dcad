import { ApiError } from '../../openapi/api-error.ts'
import type { ApiDocument } from '../../openapi/document.ts'
import type { Clock } from '../clock.ts'
import type { MatchedRequest } from '../exchange/matched-request.ts'
import { sizeOf } from '../memory/size-of.ts'
import { bodyDifferences, headDifferences, type RequestHead } from '../requests/pattern.ts'
import { copyOf } from './copy.ts'
import type { Effect } from './effect.ts'
import type { Fault, FaultInput } from './fault.ts'
import { type FaultProgress, startFault } from './fault-progress.ts'
import type { Stream } from './kind.ts'
import { requireFault, wrong } from './require-fault.ts'

/** The faults of one session, in the order in which they were added. The first that matches and has a step left applies. */
export interface Faults {
  /** How many there are. */
  readonly size: number
  /** The bytes in memory that they hold. */
  readonly bytes: number
  /** Counts the changes, and the requests that a fault was applied to. */
  readonly revision: number
  /** Throws an ApiError with a pointer where the fault asks for what the document does not have. */
  add(input: FaultInput): Fault
  list(): Fault[]
  get(id: string): Fault | undefined
  /** False where there is none of this id. */
  remove(id: string): boolean
  clear(): void
  /** The faults that no request has met, so that a test can fail on them. */
  unmet(): Fault[]
  /** The first fault that matches a request, and the effect of its next step; undefined if none matches. */
  apply(matched: MatchedRequest): Promise<AppliedFault | undefined>
}

/** A fault that matched a request. */
export interface AppliedFault {
  readonly id: string
  readonly effect: Effect
}

/** Sources that faults depend on. */
export interface FaultsOptions {
  /** The document that is enforced now. */
  readonly document: () => ApiDocument
  /** The numbers that the fault of this id draws. */
  readonly stream: (faultId: string) => Stream
  /** The session's clock. */
  readonly clock: () => Clock
}

/** Each request is compared with all faults of its session. */
export const MOST_FAULTS = 1_000

/** The state of a fault besides its input, in bytes. */
const PROGRESS = 1_024

/** Starts without faults. */
export function createFaults({ document, stream, clock }: FaultsOptions): Faults {
  const started = new Map<string, FaultProgress>()
  const sizes = new Map<string, number>()
  let serial = 0
  let revision = 0
  const nextId = () => {
    do serial += 1
    while (started.has(`fault-${serial}`))
    return `fault-${serial}`
  }
  return {
    get size() {
      return started.size
    },
    get bytes() {
      return [...sizes.values()].reduce((sum, size) => sum + size, 0)
    },
    get revision() {
      return revision
    },
    add: (input) => {
      if (started.size >= MOST_FAULTS)
        throw new ApiError(413, `A session has up to ${MOST_FAULTS} faults. Remove some, or use another session.`)
      requireFault(document(), input)
      if (input.id !== undefined) requireFreeId(input, started)
      const id = input.id ?? nextId()
      const progress = startFault({ ...copyOf(input), id }, { stream: stream(id), clock })
      started.set(id, progress)
      sizes.set(id, PROGRESS + sizeOf(input))
      revision += 1
      return progress.current()
    },
    list: () => [...started.values()].map((progress) => progress.current()),
    get: (id) => started.get(id)?.current(),
    remove: (id) => {
      revision += 1
      sizes.delete(id)
      return started.delete(id)
    },
    clear: () => {
      revision += 1
      started.clear()
      sizes.clear()
      serial = 0
    },
    unmet: () => [...started.values()].map((progress) => progress.current()).filter(({ met }) => met === 0),
    apply: async (matched) => {
      const applied = await applyFirst(started, matched)
      if (applied) revision += 1
      return applied
    },
  }
}

/** `unmet` has a path of its own in the control plane. */
function requireFreeId(input: FaultInput, taken: ReadonlyMap<string, unknown>): void {
  const { id = '' } = input
  if (!/^[A-Za-z0-9._~-]{1,128}$/.test(id) || id === 'unmet')
    throw wrong(input, '/id', '1 to 128 letters, digits or any of . _ ~ -, and not unmet')
  if (taken.has(id)) throw wrong(input, '/id', 'an id that no other fault has')
}

async function applyFirst(
  started: ReadonlyMap<string, FaultProgress>,
  matched: MatchedRequest,
): Promise<AppliedFault | undefined> {
  for (const { fault, next } of started.values()) {
    const { match = {} } = fault
    if (headDifferences(match, headOf(matched)).length > 0) continue
    if (match.body && bodyDifferences(match, await readValue(matched)).length > 0) continue
    const effect = next(matched.operation)
    if (effect) return { id: fault.id, effect }
  }
  return undefined
}

const headOf = ({ operation, request: { method, headers }, target }: MatchedRequest): RequestHead => ({
  operationId: operation.id,
  method,
  headers,
  ...target,
})

/** A body that cannot be read matches nothing; it is refused later, in its turn. */
async function readValue({ body }: MatchedRequest): Promise<unknown> {
  try {
    return (await body()).value
  } catch (error) {
    if (error instanceof ApiError) return undefined
    throw error
  }
}

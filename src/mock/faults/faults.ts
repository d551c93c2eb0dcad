import { ApiError } from '../../openapi/api-error.ts'
import type { ApiDocument } from '../../openapi/document.ts'
import type { Clock } from '../clock.ts'
import { copyOf } from './copy.ts'
import type { Fault, FaultInput } from './fault.ts'
import { createCourse, type FaultCourse } from './fault-course.ts'
import type { Encounter, Interference } from './interference.ts'
import type { Stream } from './kind.ts'
import { meetsBody, meetsHead } from './match.ts'
import { requireFault, wrong } from './require-fault.ts'

/** The faults of one session, in the order in which they were added. The first that matches and has a step left is met. */
export interface Faults {
  /** How many there are. */
  readonly size: number
  /** Throws an ApiError with a pointer where the fault asks for what the document does not have. */
  add(input: FaultInput): Fault
  list(): Fault[]
  get(id: string): Fault | undefined
  /** False where there is none of this id. */
  remove(id: string): boolean
  clear(): void
  /** The faults that no request has met, so that a test can fail on them. */
  unmet(): Fault[]
  /** What the next step of the first fault that matches does to a request; undefined where none matches. */
  meet(encounter: Encounter): Promise<Interference | undefined>
}

/** What faults depend on. */
export interface FaultsOptions {
  /** The document that is enforced now. */
  readonly document: () => ApiDocument
  /** The numbers that the fault of this id draws. */
  readonly stream: (faultId: string) => Stream
  /** The session's clock. */
  readonly clock: () => Clock
}

/** Starts without faults. */
export function createFaults({ document, stream, clock }: FaultsOptions): Faults {
  const courses = new Map<string, FaultCourse>()
  let serial = 0
  const nextId = () => {
    do serial += 1
    while (courses.has(`fault-${serial}`))
    return `fault-${serial}`
  }
  return {
    get size() {
      return courses.size
    },
    add: (input) => {
      requireFault(document(), input)
      if (input.id !== undefined) requireFreeId(input, courses)
      const id = input.id ?? nextId()
      const course = createCourse({ ...copyOf(input), id }, { stream: stream(id), clock })
      courses.set(id, course)
      return course.standing()
    },
    list: () => [...courses.values()].map((course) => course.standing()),
    get: (id) => courses.get(id)?.standing(),
    remove: (id) => courses.delete(id),
    clear: () => {
      courses.clear()
      serial = 0
    },
    unmet: () => [...courses.values()].map((course) => course.standing()).filter(({ met }) => met === 0),
    meet: (encounter) => meetFirst(courses, encounter),
  }
}

/** `unmet` has a path of its own in the control plane. */
function requireFreeId(input: FaultInput, taken: ReadonlyMap<string, unknown>): void {
  const { id = '' } = input
  if (!/^[A-Za-z0-9._~-]{1,128}$/.test(id) || id === 'unmet')
    throw wrong(input, '/id', '1 to 128 letters, digits or any of . _ ~ -, and not unmet')
  if (taken.has(id)) throw wrong(input, '/id', 'an id that no other fault has')
}

async function meetFirst(
  courses: ReadonlyMap<string, FaultCourse>,
  encounter: Encounter,
): Promise<Interference | undefined> {
  for (const course of courses.values()) {
    const { match = {} } = course.fault
    if (!meetsHead(match, encounter)) continue
    if (match.body && !meetsBody(match, await readValue(encounter))) continue
    const interference = course.take(encounter.operation)
    if (interference) return interference
  }
  return undefined
}

/** A body that cannot be read matches nothing; it is refused later, in its turn. */
async function readValue({ body }: Encounter): Promise<unknown> {
  try {
    return (await body()).value
  } catch (error) {
    if (error instanceof ApiError) return undefined
    throw error
  }
}

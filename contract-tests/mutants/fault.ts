import type { Client } from './client.ts'
import type { Handling } from './server/handling.ts'
import type { Seam, Seams, Steps } from './server/seams.ts'

export const AREAS = [
  'schema',
  'headers',
  'status',
  'media-type',
  'xml',
  'authentication',
  'routing',
  'acceptance',
  'refusal',
  'server-error',
  'read-back',
  'isolation',
  'existence',
  'filters',
  'cross-checks',
  'idempotency',
  'http',
  'sequences',
] as const

/** The kind of promise that a fault breaks. */
export type Area = (typeof AREAS)[number]

/** One thing that a server gets wrong. */
export interface Fault {
  readonly id: string
  readonly area: Area
  /** The operations that it spoils, by operationId; `any` also spoils requests that match none. */
  readonly operation: string | readonly string[]
  readonly summary: string
  /** Fresh for each server, so that a fault may remember. */
  readonly seams: () => Seams
  /** True where the fault shows; needs a server with its first records. */
  readonly witness: (client: Client) => Promise<boolean>
}

/** A fault in a table whose area is the file's. */
export type FaultRow = Omit<Fault, 'area'>

/** Marks each row of a table with its area. */
export const inArea = (area: Area, rows: readonly FaultRow[]): readonly Fault[] => rows.map((row) => ({ ...row, area }))

/** The fault's seams, kept to its operations. */
export function seamsOf({ operation, seams }: Pick<Fault, 'operation' | 'seams'>): Seams {
  const operations = [operation].flat()
  const applies = ({ match }: Handling) => operations.includes('any') || operations.includes(match.operation?.id ?? '')
  return Object.fromEntries(
    Object.entries(seams()).map(([step, seam]) => [step, keepTo(applies, seam as Seam<keyof Steps>)]),
  )
}

const keepTo =
  (applies: (handling: Handling) => boolean, seam: Seam<keyof Steps>): Seam<keyof Steps> =>
  (handling, next) =>
    applies(handling) ? seam(handling, next) : next()

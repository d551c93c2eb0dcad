import type { components, operations, paths } from '../../mock/admin/generated/admin.ts'

type Schemas = components['schemas']

export type JournalEntry = Schemas['JournalEntry']
export type Violation = JournalEntry['violations'][number]
export type AnswerViolation = Schemas['AnswerViolation']
export type Coverage = Schemas['Coverage']
export type Fault = Schemas['Fault']
export type FaultInput = Schemas['FaultInput']
export type Session = Schemas['Session']
export type Clock = Schemas['Clock']
export type StateDiff = Schemas['StateDiff']
export type Run = Schemas['Run']
export type RunInput = Schemas['RunInput']
export type Upstream = Schemas['Upstream']
export type FoundRecords = Schemas['FoundRecords']
export type Snapshot = Schemas['Snapshot']
export type Pack = NonNullable<Schemas['Reset']['pack']>

/** A collection of the state, as paths name it. */
export type Collection = operations['getCollection']['parameters']['path']['collection']

/** A record as the control plane writes it. */
export type StoredRecord = Readonly<Record<string, unknown>>

export type Method = 'get' | 'put' | 'post' | 'delete'

/** The paths of the control plane that take a method. */
export type PathOf<M extends Method> = {
  [P in keyof paths]: paths[P][M] extends undefined ? never : P
}[keyof paths]

/** The body of the 200 that an operation answers; undefined if it has none. */
export type AnswerOf<P extends keyof paths, M extends Method> = paths[P][M] extends {
  responses: { 200: { content: infer C } }
}
  ? C[keyof C]
  : undefined

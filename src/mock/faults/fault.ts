import type { components } from '../admin/generated/admin.ts'

type Schemas = components['schemas']

/** A fault as it is asked for. Every part of `match` that is given must hold; without any, every request matches. */
export type FaultInput = Schemas['FaultInput']

/** The requests that a fault is for. */
export type FaultMatch = Schemas['FaultMatch']

/** A fault, and how far it has gone. */
export type Fault = Schemas['Fault']

/** One step of a fault: each request that the fault applies to takes the next one. */
export type FaultStep = Schemas['FaultStep']

export type FaultKindName = FaultStep['kind']

/** The steps by their kind. */
export type StepByKind = { readonly [Kind in FaultKindName]: Extract<FaultStep, { readonly kind: Kind }> }

export type StatusStep = StepByKind['status']
export type DelayStep = StepByKind['delay']
export type SlowBodyStep = StepByKind['slow-body']
export type BreakSchemaStep = StepByKind['break-schema']
export type RateLimitStep = StepByKind['rate-limit']

/** A step of a kind without options. */
export type PlainStep<Kind extends FaultKindName> = StepByKind[Kind]

export type BreakWay = BreakSchemaStep['way']

import { isRefusedUnverified } from '../house-rules.ts'
import { type Interaction, isDenied, isSuccess, statusOf, withoutBody } from '../interaction.ts'
import type { KnownPet } from '../listed-pets.ts'
import type { Run } from '../run.ts'
import type { Sending } from '../sending.ts'
import type { Step } from './step.ts'

/** A user as the model has it. */
export interface ModelUser {
  readonly firstName: string
  readonly password: string
  readonly userStatus: number
}

/** An order as the model has it. */
export interface ModelOrder {
  readonly orderId: string
  readonly name: string
}

/** The records that the server should hold during one sequence. Maps have the number of the record for a key. */
export interface Model {
  /** The names of all records of the sequence begin with it; no other sequence has it. */
  readonly name: string
  readonly users: Map<number, ModelUser>
  readonly orders: Map<number, ModelOrder>
  /** Orders that were placed and deleted, by the number of the record. */
  readonly deletedOrders: Map<number, ModelOrder>
  readonly pets: Map<number, KnownPet>
  /** How many other pets have each status. */
  readonly otherPets: Readonly<Record<string, number>>
}

/** The server under test, and what the sequence did to it. */
export interface Server {
  readonly run: Run
  readonly taken: Step[]
  readonly sent: Interaction[]
}

/** A difference between the server and the model. */
export interface Mismatch {
  readonly interaction: Interaction
  readonly expected: string
  readonly actual: string
}

/** One kind of step. */
export interface StepKind {
  /** False if the step has nothing to work on; the sequence then leaves it out. */
  readonly check: (model: Readonly<Model>, step: Step) => boolean
  /** Takes the step on the server and in the model. Resolves with undefined if both agree. */
  readonly run: (model: Model, server: Server, step: Step) => Promise<Mismatch | undefined>
}

/** The kinds of steps by their names. */
export type StepKinds = Readonly<Record<string, StepKind>>

/** Sends one step. */
export async function send({ run, sent }: Server, operationId: string, sending: Sending): Promise<Interaction> {
  const interaction = await run.send(operationId, {
    accept: 'application/json',
    about: 'a step of a random sequence',
    ...sending,
  })
  sent.push(withoutBody(interaction))
  return interaction
}

/** "Can only be done by the logged in user", or by one whose email is verified: a server that enforces it is no mismatch. */
const isDenying = (interaction: Interaction) => isDenied(statusOf(interaction)) || isRefusedUnverified(interaction)

/** Compares the status with the model: a 2XX if the record is there, any other status if not. */
export function compareStatus(interaction: Interaction, isThere: boolean, what: string): Mismatch | undefined {
  if (isSuccess(interaction) === isThere || isDenying(interaction)) return undefined
  return { interaction, expected: `${isThere ? 'a 2XX' : 'no 2XX'} to ${what}`, actual: String(statusOf(interaction)) }
}

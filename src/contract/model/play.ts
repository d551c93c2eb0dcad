import { type Interaction, isSuccess, statusOf } from '../interaction.ts'
import type { KnownPet } from '../known-records.ts'
import type { Run, Sending } from '../run.ts'
import type { Departure, Step } from './step.ts'

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

/** The model of the API beside the server, while a sequence is played. */
export interface Play {
  readonly run: Run
  /** What the names of all its records begin with; no other sequence has it. */
  readonly name: string
  readonly users: Map<number, ModelUser>
  readonly orders: Map<number, ModelOrder>
  /** The paths of orders that were placed and deleted. */
  readonly deletedOrders: Map<number, string>
  readonly pets: Map<number, KnownPet>
  /** How many other pets have each status. */
  readonly others: Readonly<Record<string, number>>
  /** All that was sent. */
  readonly sent: Interaction[]
}

/** Sends a step. */
export async function send(play: Play, operationId: string, sending: Sending): Promise<Interaction> {
  const interaction = await play.run.send(operationId, {
    accept: 'application/json',
    about: 'a step of a random sequence',
    ...sending,
  })
  play.sent.push(interaction)
  return interaction
}

/** "Can only be done by the logged in user": a server that means it does not depart. */
const DENYING = [401, 403]

/** Holds an answer to whether the model has what was asked for. */
export function judge(interaction: Interaction, isThere: boolean, what: string): Departure | undefined {
  if (isSuccess(interaction) === isThere || DENYING.includes(statusOf(interaction))) return undefined
  return { interaction, expected: `${isThere ? 'a 2XX' : 'no 2XX'} to ${what}`, actual: String(statusOf(interaction)) }
}

/** A step as people read it. */
export const shown = ({ kind, who }: Pick<Step, 'kind' | 'who'>): string => `${kind} ${who + 1}`

/** What a step does to the server and to the model: undefined where both came to the same. */
export type Action = (play: Play, step: Step) => Promise<Departure | undefined>

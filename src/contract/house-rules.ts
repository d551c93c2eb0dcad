import { decodeContent } from '../http/answers/content-codings.ts'
import type { Habits } from './habits.ts'
import { type Interaction, isDenied, isSuccess, isValid, statusOf } from './interaction.ts'

/** A rule of the server's own, which it keeps always or not at all. The run decides at its end. */
interface HouseRule {
  readonly habit: string
  /** Describes the request that the rule refuses. */
  readonly at: string
  readonly isKept: (interaction: Interaction) => boolean
  readonly isBroken: (interaction: Interaction) => boolean
}

const isValidOf = (operationId: string, { operation, expectation }: Interaction) =>
  operation?.id === operationId && isValid(expectation)

const RULES: readonly HouseRule[] = [
  {
    habit: 'a login before verification',
    at: 'a login with the right password',
    isKept: (login) => isRefusedUnverified(login) || (isValidOf('loginUser', login) && isDenied(statusOf(login))),
    isBroken: (login) => isValidOf('loginUser', login) && isSuccess(login),
  },
  {
    habit: 'users are written by users who are logged in',
    at: 'a list of users',
    isKept: (creation) => isListDenied(creation),
    isBroken: (creation) => isValidOf('createUser', creation) && isSuccess(creation),
  },
]

/** Takes note of each rule that the interaction keeps or breaks. */
export function sawHouseRules(habits: Habits, interaction: Interaction): void {
  for (const { habit, at, isKept, isBroken } of RULES) {
    if (isBroken(interaction)) habits.saw(habit, undefined)
    if (isKept(interaction)) habits.saw(habit, { at, sent: 'a 2XX', shown: statusOf(interaction) })
  }
}

/** True if a house rule may be the reason of a status that the document does not give. */
export const mayBeHouseRule = (interaction: Interaction): boolean => RULES.some(({ isKept }) => isKept(interaction))

/** The reference says of the other writes of users alone that only a user who is logged in can do them. */
const isListDenied = (creation: Interaction) =>
  isValidOf('createUsersWithListInput', creation) && isDenied(statusOf(creation))

const VERIFICATION = /verif|confirm|activat|approv/i
/** Bytes of the answer that are searched. */
const SEARCHED = 4096

/** A 400 means a wrong password too, so that the answer must say otherwise. */
export function isRefusedUnverified(login: Interaction): boolean {
  if (!isValidOf('loginUser', login) || !login.answer || ![400, 409, 422, 423].includes(statusOf(login))) return false
  const { bytes, headers } = login.answer
  const text = decodeContent(bytes, headers['content-encoding'] ?? '', SEARCHED)
  return Buffer.isBuffer(text) && VERIFICATION.test(text.toString())
}

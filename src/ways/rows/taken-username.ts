import { statusOr } from '../adopt.ts'
import { ruleWay } from '../rule-way.ts'

export const takenUsername = ruleWay({
  id: 'taken-username',
  question: 'createUser with a taken name; PUT with another name in the body',
  about: ['a username that is taken'],
  what: 'a user whose name is taken',
  adopt: statusOr((status) => ({ takenUsername: { status } })),
})

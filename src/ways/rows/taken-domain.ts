import { statusOr } from '../adopt.ts'
import { ruleWay } from '../rule-way.ts'

export const takenDomain = ruleWay({
  id: 'taken-domain',
  question: 'POST /domain documents no success',
  about: ['a domain that is there'],
  what: 'a domain that is there',
  adopt: statusOr((status) => ({ takenDomain: { status } })),
})

import { statusOr } from '../adopt.ts'
import { ruleWay } from '../rule-way.ts'

export const uniqueEmails = ruleWay({
  id: 'unique-emails',
  question: 'Rules of the house: unique emails, verification, lock-out after wrong passwords, a User-Agent',
  about: ['a user with the email of another', 'an email that another user has'],
  what: 'a user with the email of another',
  adopt: statusOr((status) => ({ uniqueEmails: { status } })),
})

import { ruleWay } from '../rule-way.ts'

export const lockOut = ruleWay({
  id: 'lock-out',
  question: 'Rules of the house: unique emails, verification, lock-out after wrong passwords, a User-Agent',
  about: ['a login after wrong passwords'],
  what: 'a login after wrong passwords',
})

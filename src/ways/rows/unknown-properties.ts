import { statusOr } from '../adopt.ts'
import { ruleWay } from '../rule-way.ts'

export const unknownProperties = ruleWay({
  id: 'unknown-properties',
  question: 'Properties that the document does not name',
  about: [
    'an update with a property that the document does not name',
    'a user with a property that the document does not name',
  ],
  what: 'a property that the document does not name',
  adopt: statusOr((status) => ({ unknownProperties: { status } })),
})

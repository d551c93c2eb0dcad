import { statusOr } from '../adopt.ts'
import { ruleWay } from '../rule-way.ts'

export const unknownQuery = ruleWay({
  id: 'unknown-query',
  question: 'Unknown query parameters',
  about: ['a query parameter that the document does not name'],
  what: 'a query parameter that the document does not name',
  adopt: statusOr((status) => ({ unknownQuery: { status } })),
})

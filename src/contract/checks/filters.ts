import { defineCheck } from './check.ts'

export const filters = defineCheck({
  id: 'filters',
  title: 'Filters find what they should, and nothing else',
  lastWrite: 'context',
})

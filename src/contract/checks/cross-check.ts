import { defineCheck } from './check.ts'

export const crossCheck = defineCheck({
  id: 'cross-check',
  title: 'Two answers about one record agree',
  lastWrite: 'context',
})

import { defineCheck } from './check.ts'

export const inventory = defineCheck({
  id: 'inventory',
  title: 'The inventory counts what the lists show',
  lastWrite: 'context',
})

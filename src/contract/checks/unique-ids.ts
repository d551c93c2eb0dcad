import { defineCheck } from './check.ts'

export const uniqueIds = defineCheck({
  id: 'unique-ids',
  title: 'New records have ids of their own',
})

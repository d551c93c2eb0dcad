import { defineCheck } from './check.ts'

export const deletion = defineCheck({
  id: 'deletion',
  title: 'What was deleted is gone, and nothing else',
  lastWrite: 'cause',
})

import { defineCheck } from './check.ts'

export const readBack = defineCheck({
  id: 'read-back',
  title: 'What was stored is what was sent',
  lastWrite: 'cause',
})

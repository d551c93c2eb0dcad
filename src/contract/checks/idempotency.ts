import { defineCheck } from './check.ts'

export const idempotency = defineCheck({
  id: 'idempotency',
  title: 'The same request twice comes to the same',
  lastWrite: 'cause',
})

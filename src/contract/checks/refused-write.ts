import { defineCheck } from './check.ts'

export const refusedWrite = defineCheck({
  id: 'refused-write',
  title: 'A refused write changes nothing',
  lastWrite: 'cause',
})

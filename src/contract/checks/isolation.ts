import { defineCheck } from './check.ts'

export const isolation = defineCheck({
  id: 'isolation',
  title: 'A write changes nothing else',
  lastWrite: 'cause',
})

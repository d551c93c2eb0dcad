import { defineCheck } from './check.ts'

export const allow = defineCheck({
  id: 'allow',
  title: 'Every 405 for a method has a true Allow',
})

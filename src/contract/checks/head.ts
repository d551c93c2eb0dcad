import { defineCheck } from './check.ts'

export const head = defineCheck({
  id: 'head',
  title: 'HEAD answers like GET, without the body',
})

import { defineCheck } from './check.ts'

export const sequence = defineCheck({
  id: 'sequence',
  title: 'Random sequences come to what the model of the API says',
})

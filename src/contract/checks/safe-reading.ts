import { defineCheck } from './check.ts'

export const safeReading = defineCheck({
  id: 'safe-reading',
  title: 'Reading changes nothing',
})

import { defineCheck } from './check.ts'
import { problemsOfDecoding } from './documented-body.ts'

/** The bytes must be in the charset that the header or the XML declaration names. */
export const charset = defineCheck({
  id: 'charset',
  title: 'Bodies are in the charset they are said to be in',
  inspect: problemsOfDecoding('charset'),
})

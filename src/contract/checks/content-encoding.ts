import { defineCheck } from './check.ts'
import { problemsOfDecoding } from './documented-body.ts'

/** The bytes must be in the encoding that Content-Encoding names. */
export const contentEncoding = defineCheck({
  id: 'content-encoding',
  title: 'Content-Encoding tells the truth',
  inspect: problemsOfDecoding('content-encoding'),
})

import { defineCheck } from './check.ts'
import { problemsOfDecoding } from './documented-body.ts'

/** A body must parse as its media type. */
export const wellFormed = defineCheck({
  id: 'well-formed',
  title: 'JSON and XML are well-formed',
  inspect: problemsOfDecoding('well-formed'),
})

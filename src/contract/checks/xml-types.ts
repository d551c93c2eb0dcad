import { defineCheck } from './check.ts'
import { problemsOfDecoding } from './documented-body.ts'

/** XML must have the elements and lexical forms of its schema. */
export const xmlTypes = defineCheck({
  id: 'xml-types',
  title: 'XML has the elements and types of its schema',
  inspect: problemsOfDecoding('xml-types'),
})

import { defineCheck } from './check.ts'
import { problemsOfDecoding } from './documented-body.ts'

/** The root element of an object must have the name of its schema. */
export const xmlRoot = defineCheck({
  id: 'xml-root',
  title: 'The root of an object in XML has the name of its schema',
  inspect: problemsOfDecoding('xml-root'),
})

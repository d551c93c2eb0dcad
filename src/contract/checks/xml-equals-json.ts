import { defineCheck } from './check.ts'

export const xmlEqualsJson = defineCheck({
  id: 'xml-equals-json',
  title: 'XML and JSON say the same',
})

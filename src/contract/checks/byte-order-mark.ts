import { defineCheck } from './check.ts'
import { problemsOfDecoding } from './documented-body.ts'

/** JSON must not begin with a byte-order mark (RFC 8259, section 8.1). */
export const byteOrderMark = defineCheck({
  id: 'byte-order-mark',
  title: 'JSON has no byte-order mark',
  inspect: problemsOfDecoding('byte-order-mark'),
})

/** What is wrong with the bytes of a body, and by which check. */
export interface DecodeProblem {
  readonly check: 'content-encoding' | 'charset' | 'byte-order-mark' | 'well-formed' | 'xml-root' | 'xml-types'
  readonly at: string
  readonly expected: string
  readonly actual: string
}

/** A problem with the bytes of a body, and the check that reports it. */
export interface DecodeProblem {
  readonly check: 'content-encoding' | 'charset' | 'byte-order-mark' | 'well-formed' | 'xml-root' | 'xml-types'
  readonly at: string
  readonly expected: string
  readonly actual: string
}

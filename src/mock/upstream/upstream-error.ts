/** The live server cannot stand behind this mock. The message says why, and what to do. */
export class UpstreamError extends Error {
  override readonly name = 'UpstreamError'
}

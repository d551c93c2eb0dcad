/** The document cannot be used; the message says where and why, in one line. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError'
}

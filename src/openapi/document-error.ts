/** The document cannot be used; the message says where and why, in one line. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError'
  /** Where in the document, if the place is known. */
  readonly pointer: string | undefined

  constructor(message: string, pointer?: string) {
    super(message)
    this.pointer = pointer
  }
}

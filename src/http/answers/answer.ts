/** An answer as it was received. Header names are in lower case; repeated headers are joined by commas. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly bytes: Buffer
  /** Headers that have one value and came more than once; absent if there is none. */
  readonly repeated?: readonly string[]
}

/** True for a 2XX. */
export const isSuccess = ({ answer }: { readonly answer: Answer | undefined }): boolean =>
  answer !== undefined && answer.status >= 200 && answer.status < 300

/** The media type without parameters, in lower case; '' if there is none. */
export const mediaTypeOf = (answer: Answer | undefined): string =>
  (answer?.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''

/** An answer that takes more memory than its reader has for one. `what` says of what there is more. */
export class HugeAnswer extends Error {
  override readonly name = 'HugeAnswer'
}

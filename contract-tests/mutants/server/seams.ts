import type { Answer, Handling, Match, MediaType, Reply, Violation } from './handling.ts'

/** The steps of one request, each with what it gives. */
export interface Steps {
  readonly match: Match
  readonly authenticated: boolean
  /** The media type of the reply; undefined where none is acceptable. */
  readonly type: MediaType | undefined
  readonly body: unknown
  readonly violations: readonly Violation[]
  readonly reply: Reply
  /** The value about to be written, in the media type that `handling.type` names. */
  readonly value: unknown
  readonly text: string
  readonly answer: Answer
}

/** Wraps a step: may change the handling before it, its result after it, or skip it. */
export type Seam<S extends keyof Steps> = (handling: Handling, next: () => Steps[S]) => Steps[S]

/** Wraps of any steps: all that tells a faulty or unusual server from the plain one. */
export type Seams = { readonly [S in keyof Steps]?: Seam<S> }

/** Runs one step inside its seams, the last of them outermost. */
export function runStep<S extends keyof Steps>(
  seams: readonly Seams[],
  step: S,
  handling: Handling,
  base: () => Steps[S],
): Steps[S] {
  return seams.reduce<() => Steps[S]>((next, { [step]: seam }) => {
    const wrap: Seam<S> | undefined = seam
    return wrap ? () => wrap(handling, next) : next
  }, base)()
}

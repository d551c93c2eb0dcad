import type { Answer } from '../../http/answers/answer.ts'
import type { MatchedRequest } from '../exchange/matched-request.ts'
import type { CheckedAnswer, Found } from './check-answer.ts'
import type { LiveSide } from './live-side.ts'
import type { MockSide } from './mock-side.ts'
import type { ReadParts } from './parts.ts'

/** An answer, with what was asked for. */
export interface Crossed {
  readonly side: LiveSide
  readonly mock: MockSide
  readonly matched: MatchedRequest
  readonly parts: ReadParts
  readonly answer: Answer
  readonly checked: CheckedAnswer
}

/** Compares an answer with others, and says where it contradicts them. */
export type CrossCheck = (crossed: Crossed) => Promise<readonly Found[]>

export function createCrossCheck(): CrossCheck {
  return async () => []
}

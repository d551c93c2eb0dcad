import type { Redaction } from '../../http/redaction/redaction.ts'
import type { SentRequest } from '../../http/transport/transport.ts'
import { ApiError } from '../../openapi/api-error.ts'
import { pointerTo } from '../../openapi/json-pointer.ts'
import type { Reply } from '../exchange/reply.ts'
import { splitTarget } from '../exchange/request-target.ts'
import type { MockResponse } from '../exchange/response.ts'
import { PROBLEM_TYPE, problemOf } from '../validation/problem.ts'
import type { Found } from './check-answer.ts'
import type { Knowledge } from './knowledge.ts'
import type { Keys } from './live-request.ts'
import { mockedFor, type Reason } from './live-response.ts'
import type { Memo } from './memo.ts'
import type { Asked } from './outcome.ts'
import type { Recorder } from './recorder.ts'
import type { Settings } from './settings.ts'
import type { ViolationLog } from './violation-log.ts'

/** The parts of a live server's side that its steps share. */
export interface LiveSide {
  /** The host of the live server, for messages. */
  readonly host: string
  readonly settings: () => Settings
  readonly keys: Keys
  readonly maxBytes: number
  readonly redaction: Redaction
  readonly ask: (request: SentRequest, signal?: AbortSignal) => Promise<Asked>
  readonly knowledge: Knowledge
  readonly recorder: Recorder
  readonly memo: Memo
  readonly violations: ViolationLog
}

/** A problem as a response: its status is none that the document has. */
export function problemResponse(
  { redaction }: LiveSide,
  target: string,
  status: number,
  detail: string,
  found: readonly Found[] = [],
): MockResponse {
  const violations = found.map(({ pointer, expected, line, received }) => ({
    pointer: pointerTo('', 'answer') + pointer,
    expected: line === undefined ? expected : `${expected} (line ${line} of the document)`,
    received,
  }))
  const problem = problemOf(new ApiError(status, detail, violations), splitTarget(target).path, redaction)
  return { status, headers: { 'Content-Type': PROBLEM_TYPE }, body: JSON.stringify(problem) }
}

/** A response that is sent as it is. */
export const whole = (response: MockResponse): Reply => ({ status: response.status, whole: response })

/** Why there is no answer, as a sentence. */
export const whyOf = ({ host }: LiveSide, { outcome }: Asked): string =>
  `The live server ${host} ${outcome.kind === 'answer' ? `answered ${outcome.answer.status}` : outcome.why}.`

/** The reason for an answer of the mock in place of one of a live server that is down. */
export const downReason = ({ settings }: LiveSide): Reason => (settings().pause ? 'paused' : 'down')

/** A 502 for what only the live server knows. */
export function unknownResponse(side: LiveSide, target: string, asked: Asked, what: string): MockResponse {
  const response = problemResponse(side, target, 502, `${whyOf(side, asked)} ${what}`)
  return { ...response, headers: { ...response.headers, ...mockedFor(downReason(side)) } }
}

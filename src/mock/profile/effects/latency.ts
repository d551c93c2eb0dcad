import { type Stream, streamOf } from '../../../../fixtures/stream.ts'
import { pointerTo } from '../../../openapi/json-pointer.ts'
import type { Operation } from '../../../openapi/operation.ts'
import { LONGEST_DELAY } from '../../defaults.ts'
import { lognormalFrom } from '../../faults/lognormal.ts'
import type { Session } from '../../sessions/session.ts'
import type { MakeEffect } from '../effect.ts'

/** Answers take the time that was observed, drawn for each session and operation from a stream of its own. */
export const latency: MakeEffect = ({ latency: observed }, { seed, isSlow }) => {
  if (observed === undefined) return undefined
  const streams = new WeakMap<Session, Map<string, Stream>>()
  const streamFor = (session: Session, { id }: Operation): Stream => {
    const ofSession = streams.get(session) ?? new Map<string, Stream>()
    streams.set(session, ofSession)
    const stream = ofSession.get(id) ?? streamOf(seed, `latency of ${session.id}`, id)
    ofSession.set(id, stream)
    return stream
  }
  return {
    document: ({ operation: find }) => {
      for (const id of Object.keys(observed)) find(id, pointerTo('/latency', id))
    },
    ...(isSlow && {
      wait: (operation: Operation, session: Session) => {
        const found = observed[operation.id]
        return found ? Math.min(lognormalFrom(streamFor(session, operation), found), LONGEST_DELAY) : 0
      },
    }),
  }
}

import { writeRecord } from '../../../openapi/codecs/write-json.ts'
import { COLLECTIONS } from '../../store/state.ts'
import type { Store } from '../../store/store.ts'

/** Characters of a piece: small enough for other requests to be answered between two. */
const PIECE = 256 * 1024

/** The text of a state file in pieces, one record a line. The same state gives the same bytes; unchanged records reuse their text. */
export function* stateText(store: Store): Generator<string> {
  let piece = ''
  for (const part of parts(store)) {
    piece += part
    if (piece.length < PIECE) continue
    yield piece
    piece = ''
  }
  yield piece
}

function* parts(store: Store): Generator<string> {
  yield '{\n'
  for (const name of COLLECTIONS) {
    yield `"${name}": [\n`
    let before = ''
    for (const record of store[name].values()) {
      yield before + writeRecord(record)
      before = ',\n'
    }
    yield '\n],\n'
  }
  yield `"counters": ${writeRecord(store.counters)}\n}\n`
}

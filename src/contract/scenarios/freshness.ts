import { isDeepStrictEqual } from 'node:util'
import { JSON_TYPE } from '../cases/encode-body.ts'
import { readBack } from '../checks/read-back.ts'
import { type Interaction, isSuccess, statusOf } from '../interaction.ts'
import type { Run } from '../run.ts'
import type { Sending } from '../sending.ts'

/** A reading, and the part of its value that the write to be followed changes. */
export interface View {
  readonly operationId: string
  readonly sending: Sending
  readonly partOf: (value: unknown) => unknown
}

/** A view as it was shown with an entity tag. */
export interface Tagged {
  readonly view: View
  readonly tag: string
  readonly part: unknown
}

/** A view that was read with an entity tag can be asked for on condition later. */
export function taggedBy(view: View, read: Interaction): Tagged[] {
  const tag = read.answer?.headers.etag
  return isSuccess(read) && tag !== undefined ? [{ view, tag, part: view.partOf(read.value) }] : []
}

/** Reads the views. */
export async function readTags(run: Run, views: readonly View[]): Promise<Tagged[]> {
  const tagged: Tagged[] = []
  for (const view of views) tagged.push(...taggedBy(view, await look(run, view)))
  return tagged
}

const look = (run: Run, { operationId, sending }: View) => run.look(operationId, { ...sending, accept: JSON_TYPE })

/** A tag of the representation before must not pass for one of now (RFC 9110, section 13.1.2), if that is another one. */
export async function checkFresh(run: Run, tags: readonly Tagged[], cause: string): Promise<void> {
  for (const { view, tag, part } of tags) {
    const { operationId, sending } = view
    const now = await look(run, view)
    if (!isSuccess(now) || isDeepStrictEqual(view.partOf(now.value), part)) continue
    const headers = { 'If-None-Match': tag }
    const about = `If-None-Match after ${cause}`
    const read = await run.send(operationId, { ...sending, accept: JSON_TYPE, headers, expect: 'any', about })
    run.check(readBack, read, readBack.fresh(statusOf(read), cause))
  }
}

import { ok } from '../exchange/reply.ts'
import { findKeys } from '../sessions/find-keys.ts'
import { sleep } from '../sleep.ts'
import { recordOf } from '../store/record-of.ts'
import type { AdminHandler } from './handler.ts'

const LIMIT = 100

/** Gives a part of a collection: all of a large one has megabytes. */
export const findRecords: AdminHandler<'findRecords'> = async ({ path: { collection }, query }, { session }) => {
  const { text = '', offset = 0, limit = LIMIT } = query
  const { store } = session
  const keys = await findKeys(store, collection, text, () => sleep(0))
  const records = keys.slice(offset, offset + limit).flatMap((key) => {
    const record = recordOf(store, collection, key)
    return record ? [{ ...record }] : []
  })
  return ok({ total: store[collection].size, matching: keys.length, offset, records })
}

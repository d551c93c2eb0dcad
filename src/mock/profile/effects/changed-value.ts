import type { Fitted } from '../../next-version/adapt-reply.ts'

type Fields = Readonly<Record<string, unknown>>

/** Changes the object of a success, or each object of a list. */
export function changedValue(fitted: Fitted, change: (fields: Fields) => Fields): Fitted {
  const { reply } = fitted
  if (reply.status >= 300 || typeof reply.value !== 'object' || reply.value === null) return fitted
  const value = Array.isArray(reply.value) ? reply.value.map(change) : change({ ...reply.value })
  return { ...fitted, reply: { ...reply, value } }
}

/**
 * True if two JSON values are the same; the order of an object's properties does not matter. It is ours because the usual
 * packages ask a value for its `constructor` or `valueOf`, which may be names in the JSON.
 */
export function equalJson(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (!isObjectOrList(one) || !isObjectOrList(other) || Array.isArray(one) !== Array.isArray(other)) return false
  const keys = Object.keys(one)
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && equalJson(one[key], other[key]))
  )
}

const isObjectOrList = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

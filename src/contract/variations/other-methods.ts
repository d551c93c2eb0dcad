import type { Variation } from './variation.ts'

/** Other methods than that of the operation, without a key. OPTIONS needs none. */
export const otherMethods: readonly Variation[] = ['HEAD', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map((method) => ({
  about: `${method} without a key`,
  demand: 'closed',
  ...(method !== 'HEAD' && { isRare: true }),
  change: ({ operation }) => {
    const isOther = operation.method !== method && (method !== 'HEAD' || operation.method === 'GET')
    return isOther ? { method, key: { value: null } } : undefined
  },
}))

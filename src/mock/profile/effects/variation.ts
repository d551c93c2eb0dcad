import type { MakeEffect } from '../effect.ts'

/** Another token at each login. */
export const tokens: MakeEffect = ({ tokens: observed }) => {
  if (observed === undefined) return undefined
  let count = 0
  return {
    reply: (fitted, { id }) => {
      const { reply } = fitted
      if (id !== 'loginUser' || reply.status !== 200) return fitted
      count += 1
      return { ...fitted, reply: { ...reply, value: `${reply.value}${count.toString(16).padStart(4, '0')}` } }
    },
  }
}

/** Lists in another order. */
export const listOrder: MakeEffect = ({ listOrder: observed }) => {
  if (observed === undefined) return undefined
  let turn = 0
  return {
    reply: (fitted) => {
      const { value } = fitted.reply
      if (!Array.isArray(value)) return fitted
      turn += 1
      const at = (turn * 7) % Math.max(value.length, 1)
      const turned = observed === 'newest first' ? value.toReversed() : [...value.slice(at), ...value.slice(0, at)]
      return { ...fitted, reply: { ...fitted.reply, value: turned } }
    },
  }
}

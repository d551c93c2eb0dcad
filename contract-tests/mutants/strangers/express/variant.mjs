// Command line and the one variant that is switched on.
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    variant: { type: 'string', default: '' },
  },
})
export const port = Number(values.port)
export const variant = values.variant
export const on = (...ids) => ids.includes(variant)
export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

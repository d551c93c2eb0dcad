import { decodePercent } from '../../openapi/percent-encoding.ts'

/** A slip of the client's code that a value shows, as a sentence to add; '' if it shows none. */
export function slipIn(value: unknown): string {
  if (typeof value !== 'string') return ''
  const text = decodePercent(value) ?? value
  if (/^(\{[^{}]*\}|\$\{[^{}]*\}|:[A-Za-z_]\w*|<\w+>)$/.test(text))
    return ' The template was sent as it stands: put a value in its place.'
  return UNSET.has(text) ? ` The client sent the text "${text}": its variable had no value.` : ''
}

const UNSET: ReadonlySet<string> = new Set(['undefined', 'null', 'NaN', '[object Object]'])

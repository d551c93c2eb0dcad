import { isObject } from '../../../src/openapi/json-object.ts'
import { readJson } from './order-names.ts'
import { STATUSES, VALIDATIONS } from './records.ts'
import type { Step } from './step.ts'

/** A success as it is shown, without the parts that are the server's own. */
export function shownValue(operation: string, value: unknown, step: Step, order: string): unknown {
  return SHOWN[operation]?.(value, step, order) ?? value
}

type Show = (value: unknown, step: Step, order: string) => unknown

const typesOf = (value: unknown): Readonly<Record<string, string>> | string =>
  isObject(value) ? Object.fromEntries(Object.entries(value).map(([name, part]) => [name, typeof part])) : typeof value

const SHOWN: Readonly<Record<string, Show>> = {
  /** The server makes the id and the DNS record of a domain, and decides on its status: "enum only". */
  addDomain: (value) => {
    if (!isObject(value)) return value
    const status = VALIDATIONS.some((one) => one === value.status)
    return { ...Object(typesOf(value)), name: value.name, status }
  },
  /** "The token is a string." An empty one tells no client that the login succeeded. */
  loginUser: (value) => (value === '' ? 'an empty token' : typeof value),
  /** A password's "absence is fine; its presence is a note". */
  getUserByName: (value) => {
    if (!isObject(value)) return value
    const { password, ...rest } = value
    return rest
  },
  /** The document gives the code, the type and the message no meaning, and asks for none of them. */
  uploadFile: (value) =>
    isObject(value) &&
    Object.entries(value).every(([name, part]) => typeof part === (name === 'code' ? 'number' : 'string')),
  /** "A map of int32": other names than the statuses of pets are the server's own. */
  getInventory: (value) =>
    isObject(value) ? Object.fromEntries(STATUSES.map((status) => [status, value[status] ?? 0])) : value,
  /** A server may give its own ids, but none twice. Fields that were not sent are its own too. */
  placeOrder: (value, { body }, order) => {
    if (!isObject(value)) return value
    const sent = Object.keys(readJson(String(body)))
    const kept = Object.fromEntries(Object.entries(value).filter(([name]) => sent.includes(name)))
    return { ...kept, ...(value.id !== undefined && { id: order }) }
  },
}

// The schemas of the reference and a small checker for them.
import { on } from './variant.mjs'

const string = { type: 'string' }
const boolean = { type: 'boolean' }
const int64 = { type: 'integer' }
const int32 = { type: 'integer', max: 2 ** 31 - 1 }
const list = (items) => ({ type: 'array', items })
const object = (properties, required = []) => ({ type: 'object', properties, required })
const oneOf = (...values) => ({ type: 'string', enum: values })

export const petStatuses = ['available', 'pending', 'sold']
export const DomainIn = object({ name: string })
export const Domain = object({
  id: string,
  name: string,
  validate: string,
  status: oneOf('missing validation', 'validated'),
  active: boolean,
})
export const Tag = object({ id: int64, name: string })
export const Pet = object(
  {
    id: int64,
    category: DomainIn,
    name: string,
    photoUrls: list(string),
    tags: list(Tag),
    status: oneOf(...petStatuses),
  },
  ['name', 'photoUrls'],
)
export const User = object({
  id: int64,
  username: string,
  firstName: string,
  lastName: string,
  email: string,
  password: string,
  phone: string,
  userStatus: int32,
})
export const UserArray = list(User)
export const ApiResponse = object({ code: int32, type: string, message: string })

export const isObject = (v) => v !== null && typeof v === 'object' && !Array.isArray(v)
export const isInteger = (v) => typeof v === 'bigint' || Number.isSafeInteger(v)

/** The first violation as text, or undefined. */
export function violation(schema, value, at = 'body') {
  switch (schema.type) {
    case 'string':
      if (typeof value !== 'string') return `${at} must be a string`
      if (schema.enum && !schema.enum.includes(value)) return `${at} must be one of ${schema.enum.join(', ')}`
      return
    case 'boolean':
      return typeof value === 'boolean' ? undefined : `${at} must be a boolean`
    case 'integer':
      if (!isInteger(value)) return `${at} must be an integer`
      if (schema.max && (value > schema.max || value < -schema.max - 1)) return `${at} is out of range`
      return
    case 'array':
      if (!Array.isArray(value)) return `${at} must be an array`
      for (const [i, item] of value.entries()) {
        const found = violation(schema.items, item, `${at}[${i}]`)
        if (found) return found
      }
      return
    case 'object':
      if (!isObject(value)) return `${at} must be an object`
      for (const key of schema.required) if (value[key] === undefined) return `${at}.${key} is required`
      for (const [key, sub] of Object.entries(schema.properties)) {
        if (value[key] === undefined) continue
        const found = violation(sub, value[key], `${at}.${key}`)
        if (found) return found
      }
  }
}

/** Only what the schema names, in its order. */
export function pick(schema, value) {
  if (schema.type === 'array') return value.map((item) => pick(schema.items, item))
  if (schema.type !== 'object') return schema.type === 'string' ? clean(value) : value
  return Object.fromEntries(
    Object.entries(schema.properties)
      .filter(([key]) => value[key] !== undefined)
      .map(([key, sub]) => [key, pick(sub, value[key])]),
  )
}

export const clean = (text) => (on('f22') ? text.trim().normalize('NFC') : text)

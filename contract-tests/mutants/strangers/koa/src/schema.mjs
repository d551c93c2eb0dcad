import { is } from './variant.mjs'

const str = { type: 'string' }
const int64 = { type: 'integer', format: 'int64' }
const int32 = { type: 'integer', format: 'int32' }

export const PET_STATUSES = ['available', 'pending', 'sold']
export const DOMAIN_STATUSES = ['missing validation', 'validated']

export const DomainIn = { type: 'object', name: 'DomainIn', properties: { name: str } }
export const Domain = {
  type: 'object',
  name: 'Domain',
  properties: {
    id: str,
    name: str,
    validate: str,
    status: { type: 'string', enum: DOMAIN_STATUSES },
    active: { type: 'boolean' },
  },
}
export const User = {
  type: 'object',
  name: 'User',
  properties: {
    id: int64,
    username: str,
    firstName: str,
    lastName: str,
    email: str,
    password: str,
    phone: str,
    userStatus: int32,
  },
}
export const Tag = { type: 'object', name: 'Tag', properties: { id: int64, name: str } }
export const Pet = {
  type: 'object',
  name: 'Pet',
  required: ['name', 'photoUrls'],
  properties: {
    id: int64,
    category: DomainIn,
    name: str,
    photoUrls: { type: 'array', items: str },
    tags: { type: 'array', items: Tag },
    status: { type: 'string', enum: PET_STATUSES },
  },
}
export const ApiResponse = { type: 'object', name: 'ApiResponse', properties: { code: int32, type: str, message: str } }

export const isObject = (v) => v !== null && typeof v === 'object' && !Array.isArray(v)

/** Collects what is wrong with `value`, as `path: problem` lines. */
export function check(schema, value, at = 'body', errors = [], depth = 0) {
  switch (schema.type) {
    case 'string':
      if (typeof value !== 'string') errors.push(`${at}: must be a string`)
      else if (schema.enum && !schema.enum.includes(value))
        errors.push(`${at}: must be one of ${schema.enum.join(', ')}`)
      break
    case 'boolean':
      if (typeof value !== 'boolean') errors.push(`${at}: must be a boolean`)
      break
    case 'integer':
      if (typeof value !== 'number' || !Number.isSafeInteger(value)) errors.push(`${at}: must be an integer`)
      else if (schema.format === 'int32' && (value > 2147483647 || value < -2147483648))
        errors.push(`${at}: must be an int32`)
      break
    case 'array':
      if (!Array.isArray(value)) errors.push(`${at}: must be an array`)
      else if (!(is('b12') && depth > 0))
        for (const [i, item] of value.entries()) check(schema.items, item, `${at}[${i}]`, errors, depth + 1)
      break
    case 'object':
      if (!isObject(value)) {
        errors.push(`${at}: must be an object`)
        break
      }
      for (const key of schema.required ?? []) if (!Object.hasOwn(value, key)) errors.push(`${at}.${key}: is required`)
      for (const [key, sub] of Object.entries(schema.properties)) {
        if (Object.hasOwn(value, key)) check(sub, value[key], `${at}.${key}`, errors, depth + 1)
      }
  }
  return errors
}

/** A copy with the documented properties only. */
export function project(schema, value) {
  if (schema.type === 'array') return Array.isArray(value) ? value.map((item) => project(schema.items, item)) : value
  if (schema.type === 'integer') return typeof value === 'number' ? value + 0 : value
  if (schema.type !== 'object' || !isObject(value)) return value
  const copy = {}
  for (const [key, sub] of Object.entries(schema.properties))
    if (Object.hasOwn(value, key)) copy[key] = project(sub, value[key])
  return copy
}

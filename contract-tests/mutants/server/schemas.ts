/** The little of JSON Schema that the published document uses. */
export type Schema =
  | { readonly type: 'string'; readonly values?: readonly string[] }
  | { readonly type: 'integer'; readonly bits: 32 | 64 }
  | { readonly type: 'boolean' }
  | { readonly type: 'array'; readonly items: Schema }
  | ObjectSchema

export interface ObjectSchema {
  readonly type: 'object'
  readonly properties: Readonly<Record<string, Schema>>
  readonly required: readonly string[]
}

const object = (properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): ObjectSchema => ({
  type: 'object',
  properties,
  required,
})

/** The list of what the schema describes. */
export const listOf = (items: Schema): Schema => ({ type: 'array', items })

const text: Schema = { type: 'string' }
const int64: Schema = { type: 'integer', bits: 64 }

export const PET_STATUSES = ['available', 'pending', 'sold'] as const

export const domainIn = object({ name: text })

export const domain = object({
  id: text,
  name: text,
  validate: text,
  status: { type: 'string', values: ['missing validation', 'validated'] },
  active: { type: 'boolean' },
})

export const user = object({
  id: int64,
  username: text,
  firstName: text,
  lastName: text,
  email: text,
  password: text,
  phone: text,
  userStatus: { type: 'integer', bits: 32 },
})

export const pet = object(
  {
    id: int64,
    category: domainIn,
    name: text,
    photoUrls: listOf(text),
    tags: listOf(object({ id: int64, name: text })),
    status: { type: 'string', values: PET_STATUSES },
  },
  ['name', 'photoUrls'],
)

export const petForm = object({ name: text, status: { type: 'string', values: PET_STATUSES } })
export const upload = object({ additionalMetadata: text, file: text })

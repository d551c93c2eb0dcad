import { pointerTo } from '../../../openapi/json-pointer.ts'
import { successOf } from '../../../openapi/operation.ts'
import type { ExtraType } from '../../../ways/profile.ts'
import type { MakeEffect } from '../effect.ts'
import { changedValue } from './changed-value.ts'

/** A value of each type, and its schema. */
const VALUES: Readonly<Record<ExtraType, unknown>> = {
  string: 'text',
  number: 1,
  boolean: true,
  object: {},
  array: [],
  null: null,
}

const schemaOf = (type: Exclude<ExtraType, 'null'>) => ({
  type,
  ...(type === 'array' && { items: { type: 'string' } }),
})

/** Adds properties that the document did not name. */
export const extraProperties: MakeEffect = ({ extraProperties: observed }) =>
  observed && {
    document: ({ operation: find, addProperty }) => {
      for (const [id, properties] of Object.entries(observed)) {
        const operation = find(id, pointerTo('/extraProperties', id))
        const schemas = Object.values(successOf(operation)?.content ?? {}).map((schema) => schema.items ?? schema)
        // No schema of this document has null.
        for (const { pointer } of schemas)
          for (const [name, type] of Object.entries(properties))
            if (type !== 'null') addProperty(pointer, name, schemaOf(type))
      }
    },
    reply: (fitted, { id }) => {
      const properties = observed[id]
      if (!properties || fitted.mediaType.endsWith('xml')) return fitted
      const added = Object.fromEntries(Object.entries(properties).map(([name, type]) => [name, VALUES[type]]))
      return changedValue(fitted, (fields) => ({ ...added, ...fields }))
    },
  }

import type { FieldProps } from './field-props.ts'
import { ListField } from './list-field.tsx'
import { MapField } from './map-field.tsx'
import { ObjectField } from './object-field.tsx'
import { ScalarField } from './scalar-field.tsx'
import { controlOf, resolve } from './schema.ts'

/** A field by the type of its schema. */
export function Field(props: FieldProps) {
  const schema = resolve(props.schema, props.schemas)
  const control = props.draft?.tag === 'text' ? 'scalar' : controlOf(schema)
  const own = { ...props, schema }
  if (control === 'object') return <ObjectField {...own} />
  if (control === 'list') return <ListField {...own} />
  if (control === 'map') return <MapField {...own} />
  return <ScalarField {...own} />
}

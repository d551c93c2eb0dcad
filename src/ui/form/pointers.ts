import { type Draft, forKind } from './draft.ts'
import { controlOf, resolve, type Schema, type Schemas } from './schema.ts'

/** The pointers of all fields that a form shows. */
export function pointersOf(given: Schema, draft: Draft | undefined, schemas: Schemas, pointer = ''): string[] {
  const schema = resolve(given, schemas)
  if (draft?.tag === 'text') return [pointer]
  const control = controlOf(schema)
  if (control === 'list' && draft?.tag === 'list')
    return [
      pointer,
      ...draft.items.flatMap((item, at) => pointersOf(schema.items ?? {}, item, schemas, `${pointer}/${at}`)),
    ]
  if (control !== 'object') return [pointer]
  const fields = draft?.tag === 'object' ? draft.fields : {}
  const { properties = {} } = forKind(schema, fields, schemas)
  const names = new Set([...Object.keys(properties), ...Object.keys(fields)])
  return [
    pointer,
    ...[...names].flatMap((name) => pointersOf(properties[name] ?? {}, fields[name], schemas, `${pointer}/${name}`)),
  ]
}

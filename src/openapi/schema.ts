/** A schema of the document with its references followed. `pointer` is where it stands in `openapi.yaml`. */
export interface Schema {
  readonly pointer: string
  /** The name under `components/schemas`; XML uses it as the element's name. */
  readonly name?: string
  /** Absent where any JSON value is allowed. */
  readonly type?: 'string' | 'integer' | 'number' | 'boolean' | 'object' | 'array'
  readonly format?: string
  readonly enum?: readonly string[]
  readonly required: readonly string[]
  readonly properties: Readonly<Record<string, Schema>>
  readonly items?: Schema
  /** The schema of a map's values. */
  readonly additionalProperties?: Schema
  /** True if no properties but the named ones are allowed. */
  readonly closed?: true
  readonly default?: unknown
  readonly example?: unknown
}

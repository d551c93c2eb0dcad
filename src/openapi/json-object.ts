/** A JSON object of a document. */
export type JsonObject = Readonly<Record<string, unknown>>

/** Tells an object from lists, null and scalars. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

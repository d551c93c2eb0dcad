/** The line, from 1, at which each node of a document stands, by JSON Pointer. */
export type LineIndex = ReadonlyMap<string, number>

/** A pointer with `*` for each index, so that a place is the same for every item. */
export const withoutIndexes = (pointer: string): string => pointer.replace(/\/\d+/g, '/*')

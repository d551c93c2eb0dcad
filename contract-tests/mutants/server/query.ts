/** The items of a list in the query, in either published spelling: commas or a repeated key. */
export const itemsOf = (values: readonly string[] = []): string[] =>
  values
    .flatMap((value) => value.split(','))
    .map((item) => item.trim())
    .filter((item) => item !== '')

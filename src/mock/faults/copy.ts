/** A copy of a JSON value. Test runners give each file its own `Object`, which `structuredClone` would leave for another. */
export const copyOf = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value

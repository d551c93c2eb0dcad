/** A copy of a JSON value. Unlike `structuredClone`, it has the prototypes of this realm: test runners give each file its own. */
export const copyOf = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value

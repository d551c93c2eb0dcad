import { MOST_VIOLATIONS } from '../violation-limit.ts'

/** The loops over the items of a list and over the properties of an object, as Ajv 8 writes them. */
const OVER_ITEMS = /for\(let (i\d+)=(\w+); ?\1<(\w+); ?\1\+\+\)/g
const OVER_PROPERTIES = /for\(const (key\d+) in (\w+)\)\{/g

/**
 * Rewrites the source of a validator that Ajv wrote: a loop over a client's items or properties ends once it has found
 * as many errors as are listed. Ajv itself goes on to the end, and joins lists of errors anew for each item: 10 MB of
 * wrong items then take minutes and gigabytes. Each loop counts its own errors, so that none of an alternative
 * (`anyOf`) ends the next one.
 */
export function boundErrors(source: string): string {
  return source
    .replaceAll(OVER_ITEMS, (_loop, index: string, from: string, end: string) => {
      const start = `from_${index}`
      return `for(let ${index}=${from},${start}=errors;${index}<${end}&&errors-${start}<${MOST_VIOLATIONS};${index}++)`
    })
    .replaceAll(OVER_PROPERTIES, (_loop, key: string, object: string) => {
      const start = `from_${key}`
      return `const ${start}=errors;for(const ${key} in ${object}){if(errors-${start}>=${MOST_VIOLATIONS})break;`
    })
}

import type { Violation } from '../control/types.ts'

/** Violations by the pointers of the fields of a form. */
export type FieldErrors = ReadonlyMap<string, readonly Violation[]>

/** The parts of a violation that make a sentence. */
type Told = Pick<Violation, 'expected' | 'received' | 'suggestion'>

/** The violations of a form: those of its fields, and the others, which stand above it. */
export interface Placed {
  readonly atFields: FieldErrors
  readonly elsewhere: readonly Violation[]
}

/** Puts each violation of a body at the field of its pointer, or at the nearest field around it. */
export function placeErrors(violations: readonly Violation[], shown: ReadonlySet<string>): Placed {
  const atFields = new Map<string, Violation[]>()
  const elsewhere: Violation[] = []
  for (const violation of violations) {
    const pointer = nearest(violation.pointer.replace(/^\/body(?=\/|$)/, ''), shown)
    if (pointer === '') elsewhere.push(violation)
    else atFields.set(pointer, [...(atFields.get(pointer) ?? []), violation])
  }
  return { atFields, elsewhere }
}

function nearest(pointer: string, shown: ReadonlySet<string>): string {
  if (pointer === '' || shown.has(pointer)) return pointer
  return nearest(pointer.slice(0, pointer.lastIndexOf('/')), shown)
}

/** The end of a text that names the document's line, such as ` (openapi.yaml, line 157)`. */
const RULE = / \(([^()]+, line \d+)\)$/

/** The place of the rule in the document, such as `openapi.yaml, line 157`. */
export const ruleOf = ({ expected }: Violation): string | undefined => RULE.exec(expected)?.[1]

/** Writes what was received. */
type Write = (received: unknown) => string

/** Parts of an answer of a live server are texts that are written already, such as `"a"` or `7`. */
export const asItCame: Write = (received) => (typeof received === 'string' ? received : JSON.stringify(received))

/** A violation in one sentence, without the place of its rule. */
export function sentenceOf({ expected, received, suggestion }: Told, write: Write = JSON.stringify): string {
  const came = received === undefined ? '' : `, not ${shorten(write(received))}`
  const hint = suggestion === undefined ? '' : ` Did you mean ${suggestion}?`
  return `Expected ${expected.replace(RULE, '')}${came}.${hint}`
}

const LONGEST = 200

const shorten = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text)

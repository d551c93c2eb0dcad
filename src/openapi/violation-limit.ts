/** How many violations of one request, reply or file are listed. The search for more ends soon after. */
export const MOST_VIOLATIONS = 100

/** The violations that are listed. */
export function bounded<T>(found: readonly T[]): readonly T[] {
  return found.length > MOST_VIOLATIONS ? found.slice(0, MOST_VIOLATIONS) : found
}

/** Adds to a list of violations, unless it is full. */
export function addBounded<T>(found: T[], one: T): void {
  if (!isFull(found)) found.push(one)
}

/** True if there may be more violations than the list has. */
export const isFull = ({ length }: readonly unknown[]): boolean => length >= MOST_VIOLATIONS

/** The number of violations, in words. `isOpen` says that some were not looked for. */
export function amountOf(found: readonly unknown[], isOpen = isFull(found)): string {
  return isOpen ? `${found.length} or more` : String(found.length)
}

import type { Place } from './finding.ts'
import { headlineOf } from './headlines.ts'

/** How many ways or operations a message names before it only counts them. */
const NAMED = 3

/** The sentence of a finding: who does what, in which ways, what was sent, what came, and what the reference says. */
export function messageOf(places: readonly Place[]): string {
  const [first] = places
  const headline = first && headlineOf(first.check)
  if (!first || !headline) return first ? `Expected ${first.expected}; ${first.actual}.` : ''
  const does = typeof headline.does === 'string' ? headline.does : headline.does(first)
  const counts = [
    ...countOf(new Set(places.map(({ place }) => place)), headline.counts),
    ...countOf(new Set(places.map(({ operation }) => operation)), 'operations'),
  ]
  const who = `${first.operation} ${does}${counts.length === 0 ? '' : ` (${counts.join('; ')})`}`
  return `${who}: ${first.sent} received ${first.actual}; ${headline.source} says: ${first.expected}.`
}

const countOf = (names: ReadonlySet<string>, counted: string): string[] =>
  names.size < 2 ? [] : [`${names.size} ${counted}: ${listOf([...names])}`]

const listOf = (names: readonly string[]) =>
  [...names.slice(0, NAMED), ...(names.length > NAMED ? ['…'] : [])].join(', ')

/** The name of a request in a sentence. Scenarios say `without a key`, `valid getPetById` or `a listed pet`. */
export function sentAs(about: string): string {
  if (/^(?:with|without) /.test(about)) return `a request ${about}`
  return about.startsWith('valid ') ? 'a valid request' : about
}

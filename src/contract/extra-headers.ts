/** Headers that the suite itself sets, or that a connection needs. */
const OWN = ['accept', 'api_key', 'connection', 'content-length', 'content-type', 'transfer-encoding', 'upgrade']
const NAME = /^[!#$%&'*+.^_`|~\w-]+$/
/** A line break in a value would begin another header. */
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/

/** Says what is wrong with a header that the user gives for every request; '' if nothing is. Never repeats the value. */
export function headerProblem(name: string, value: string): string {
  if (!NAME.test(name)) return 'Name: value'
  if (name.toLowerCase() === 'api_key') return 'another header than api_key, which --api-key sets'
  if (OWN.includes(name.toLowerCase())) return `another header than ${name}, which the suite sets itself`
  return VALUE.test(value) ? '' : 'a value of printable ASCII or Latin-1'
}

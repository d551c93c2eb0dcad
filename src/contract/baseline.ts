import { jsonLines } from '../http/printable.ts'
import { nearest } from '../openapi/nearest.ts'
import { isDay } from './day.ts'
import type { Finding, Place } from './finding.ts'
import { groupBy } from './group-by.ts'
import { toFinding } from './group-findings.ts'
import type { ContractReport } from './report.ts'

/** A failure at one place that is accepted for a while. */
export interface AcceptedFailure {
  readonly operation: string
  readonly check: string
  /** The place, as reports have it. */
  readonly place: string
  /** The person or team that is responsible for it. */
  readonly owner: string
  /** The last day on which it is accepted, such as 2030-12-31. */
  readonly expires: string
}

/** A baseline cannot be used; the message says where and why, in one line. */
export class BaselineError extends Error {
  override readonly name = 'BaselineError'
}

const MEMBERS = ['operation', 'check', 'owner', 'expires'] as const

/**
 * Reads the text of a baseline: a JSON list of entries, each with the `place` or the `places` that it accepts. Throws a
 * BaselineError if it is not one.
 */
export const readBaseline = (text: string, source: string): AcceptedFailure[] =>
  parseList(text, source).flatMap((entry, index) => readEntry(Object(entry), `${source}: entry ${index}`))

function readEntry(entry: Readonly<Record<string, unknown>>, where: string): AcceptedFailure[] {
  const [operation, check, owner, expires] = MEMBERS.map((member) => textOf(entry, member, where))
  if (!isDay(String(expires)))
    throw new BaselineError(`${where} expires on ${expires}, which is no day such as 2030-12-31.`)
  return placesOf(entry, where).map((place) => ({
    operation: String(operation),
    check: String(check),
    place,
    owner: String(owner),
    expires: String(expires),
  }))
}

function textOf(entry: Readonly<Record<string, unknown>>, member: string, where: string): string {
  const text = entry[member]
  if (typeof text === 'string') return text
  throw new BaselineError(`${where} needs ${member}, a text.${insteadOf(member, entry)}`)
}

function placesOf(entry: Readonly<Record<string, unknown>>, where: string): string[] {
  const { places } = entry
  if (places === undefined) return [textOf(entry, 'place', where)]
  if (Array.isArray(places) && places.length > 0 && places.every((place) => typeof place === 'string')) return places
  throw new BaselineError(`${where} needs places, a list of texts.`)
}

/** The name in an entry that was probably meant for a missing one, as a sentence to add. */
function insteadOf(missing: string, entry: unknown): string {
  const came = nearest(missing, Object.keys(Object(entry)))
  return came === undefined ? '' : ` Did you mean ${missing} in place of ${came}?`
}

function parseList(text: string, source: string): unknown[] {
  try {
    const value: unknown = JSON.parse(text)
    if (Array.isArray(value)) return value
  } catch {
    throw new BaselineError(`${source} is not JSON.`)
  }
  throw new BaselineError(`${source} is not a list of accepted failures.`)
}

/** Turns accepted failures into notes. An entry that has expired, or that matches no failure, is a failure itself. */
export function applyBaseline(
  report: ContractReport,
  accepted: readonly AcceptedFailure[],
  today: string,
): ContractReport {
  const isValid = ({ expires }: AcceptedFailure) => expires >= today
  const entryFor = (place: Place) => accepted.find((entry) => isValid(entry) && isMeant(entry, place))
  const failing = report.findings.filter(({ level }) => level === 'failure').flatMap(({ places }) => places)
  const stale = accepted.filter((entry) => !isValid(entry) || !failing.some((place) => isMeant(entry, place)))
  const findings = [
    ...report.findings.flatMap((finding) => (finding.level === 'failure' ? split(finding, entryFor) : [finding])),
    ...stale.map((entry, index) => staleFinding(entry, report, index, today)),
  ]
  const hasFailed = findings.some(({ level }) => level === 'failure')
  const verdict = report.verdict === 'could-not-run' ? report.verdict : hasFailed ? 'fails' : 'conforms'
  return { ...report, findings, checks: [...report.checks, checkOf(accepted, stale)], verdict }
}

const isMeant = (entry: AcceptedFailure, place: Place) =>
  place.operation === entry.operation && place.check === entry.check && place.place === entry.place

const checkOf = (accepted: readonly AcceptedFailure[], stale: readonly AcceptedFailure[]) => ({
  id: 'baseline',
  title: 'What is accepted is still needed and has not expired',
  applied: accepted.length,
  operations: [],
  failures: stale.length,
})

/** The accepted places of a failure as notes, one for each owner and day, and the rest as a failure. */
function split(finding: Finding, entryFor: (place: Place) => AcceptedFailure | undefined): Finding[] {
  const groups = groupBy(finding.places, (place) => {
    const entry = entryFor(place)
    return entry ? JSON.stringify([entry.owner, entry.expires]) : ''
  })
  return groups.flatMap(([key, places]) => {
    const [first] = places
    if (!first) return []
    const entry = entryFor(first)
    const isWhole = groups.length === 1
    const id = key === '' || isWhole ? finding.id : first.id
    const { level, replay } = finding
    return [entry ? acceptedFinding(places, { id, replay }, entry) : toFinding(places, { id, level, replay })]
  })
}

function acceptedFinding(
  places: readonly Place[],
  rest: Pick<Finding, 'id' | 'replay'>,
  { owner, expires }: AcceptedFailure,
): Finding {
  const note = toFinding(places, { ...rest, level: 'note', accepted: { owner, expires } })
  return { ...note, expected: `${note.expected} (accepted by ${owner} until ${expires})` }
}

function staleFinding(entry: AcceptedFailure, report: ContractReport, index: number, today: string): Finding {
  const { operation, check, place, owner, expires } = entry
  const isExpired = expires < today
  const stale: Place = {
    id: `baseline-${index}`,
    operation,
    check: 'baseline',
    place,
    sent: '',
    pointer: '',
    line: 1,
    expected: isExpired ? 'an entry of the baseline that has not expired' : 'a failure that the baseline accepts',
    actual: isExpired
      ? `${check} at ${place} expired on ${expires}; its owner is ${owner}`
      : `no ${check} at ${place}; ${owner} can take the entry out${unknownWord(entry, report)}`,
    curl: '',
  }
  return toFinding([stale], { id: stale.id, level: 'failure', replay: '' })
}

/** The text of a baseline that accepts every failure of a report. Entries that are there already keep owner and day. */
export function writeBaseline(
  { findings }: ContractReport,
  known: readonly AcceptedFailure[],
  { owner, expires }: Pick<AcceptedFailure, 'owner' | 'expires'>,
): string {
  const failing = findings.filter(({ level, check }) => level === 'failure' && check !== 'baseline')
  const places = failing.flatMap((finding) => finding.places)
  const entryOf = (place: Place) => {
    const kept = known.find((entry) => isMeant(entry, place))
    return {
      operation: place.operation,
      check: place.check,
      owner: kept?.owner ?? owner,
      expires: kept?.expires ?? expires,
    }
  }
  const groups = groupBy(places, (place) => JSON.stringify(entryOf(place)))
  const entries = groups.flatMap(([, some]) => {
    const [first] = some
    if (!first) return []
    const { operation, check, ...rest } = entryOf(first)
    const names = some.map(({ place }) => place)
    return [{ operation, check, ...(names.length === 1 ? { place: first.place } : { places: names }), ...rest }]
  })
  return `${jsonLines(entries)}\n`
}

/** A check or an operation that the run does not know, with the one that was probably meant, to add to a sentence. */
function unknownWord({ check, operation }: AcceptedFailure, { checks, coverage }: ContractReport): string {
  const ids = checks.map(({ id }) => id)
  const meantCheck = ids.includes(check) ? undefined : nearest(check, ids)
  if (meantCheck !== undefined) return `. There is no check ${check}. Did you mean ${meantCheck}?`
  const operations = [...new Set(coverage.map((cell) => cell.operation))]
  const meant = operations.includes(operation) ? undefined : nearest(operation, operations)
  return meant === undefined ? '' : `. There is no operation ${operation}. Did you mean ${meant}?`
}

import { createHash } from 'node:crypto'
import type { Finding } from '../contract/finding.ts'
import type { ApiDocument } from '../openapi/document.ts'
import { listed } from '../ways/operations.ts'
import type { Seen } from '../ways/seen.ts'
import { adoptedPart } from './adopted-part.ts'
import type { Explained, WayChange } from './find-changes.ts'
import type { Pairs } from './pairs.ts'
import type { Recording } from './record.ts'
import type { Difference } from './report.ts'

/** All that differences are made from. */
interface Comparison {
  readonly document: ApiDocument
  /** The live server as sentences call it. */
  readonly server: string
  readonly pairs: Pairs
  readonly explained: Explained
  readonly live: Recording
  readonly mock: Recording
}

/** The differences as sentences: by ways, then what no way explains, then what the contract suite finds besides. */
export function toDifferences(comparison: Comparison): Difference[] {
  const { explained, live, mock } = comparison
  const known = new Set(mock.report.findings.map(({ id }) => id))
  const failures = live.report.findings.filter(({ id, level }) => level === 'failure' && !known.has(id))
  const others = gathered(unexplained(comparison), failures).map((group) => ofGroup(comparison, group))
  const linked = new Set(others.flatMap(({ findings }) => findings))
  return [
    ...explained.changes.map((found) => ofWay(comparison, found)),
    ...others.map(({ difference }) => difference),
    ...(mock.report.findings.some(isLag) ? [] : ofLag(comparison, live.report.findings.filter(isLag))),
    ...ofNulls(comparison, failures.filter(isNull)),
    ...failures
      .filter((finding) => !linked.has(finding.id) && !isNull(finding))
      .map((finding) => ofFinding(comparison, finding)),
  ]
}

function ofWay({ document, server }: Comparison, found: WayChange): Difference {
  const { way, change } = found
  const { mock, live, seen, of } = change
  const part = adoptedPart(found, document)
  const operations = operationsOf(seen)
  return {
    id: `${way.id}-${hashOf([way.id, change.group, live])}`,
    kind: way.kind ?? 'open',
    statement: `${way.say(change, server)}${of === undefined ? '' : `, in ${seen.length} of ${of} answers`}`,
    decision: way.question,
    mock,
    live,
    operations,
    cases: seen.length,
    adoptable: typeof part !== 'string',
    reason: typeof part === 'string' ? part : '',
    ...placeOf(document, operations[0]),
    finding: '',
    curl: shortest(seen),
  }
}

/** Answers of one operation whose status differs in the same way, and that no way explains. */
interface Group {
  readonly operation: string
  readonly mock: string
  readonly live: string
  readonly seen: readonly Seen[]
}

function unexplained({ pairs, explained }: Comparison): Group[] {
  const statuses = new Map<string, Set<number>>()
  for (const seen of pairs.mock) statuses.set(seen.key, (statuses.get(seen.key) ?? new Set()).add(seen.status))
  const groups = new Map<string, Group>()
  for (const seen of pairs.live) {
    const own = statuses.get(seen.key)
    if (!own || own.has(seen.status) || isOfData(seen) || !explained.isOpen(seen, 'status')) continue
    const [mock, live, operation] = [[...own].toSorted().join(' or '), String(seen.status), nameOf(seen)]
    const key = `${operation}\n${mock}\n${live}`
    groups.set(key, { operation, mock, live, seen: [...(groups.get(key)?.seen ?? []), seen] })
  }
  return [...groups.values()]
}

/** A record need not be there where nothing is expected of it. */
const isOfData = ({ expectation, status, method }: Seen) =>
  (expectation === 'documented' && status === 404 && method === 'GET') ||
  (expectation === 'any' && (status < 500 || method === 'GET')) ||
  (expectation === 'closed' && status >= 400 && status < 500)

/** Checks whose failures are failures of a status. */
const OF_STATUS: readonly string[] = [
  ...['status', 'existence', 'refusal', 'authentication', 'wrong-method', 'server-error', 'deletion', 'idempotency'],
]

/** The findings about a status in an operation. A finding has all its places. */
const findingsFor = (operation: string, failures: readonly Finding[]) =>
  failures.filter(({ places }) =>
    places.some((place) => place.operation === operation && OF_STATUS.includes(place.check)),
  )

/** Groups of one finding and one status are one, as they have one cause. */
function gathered(groups: readonly Group[], failures: readonly Finding[]): Gathered[] {
  const causes = new Map<string, Gathered>()
  for (const { operation, mock, live, seen } of groups) {
    const findings = findingsFor(operation, failures)
    const key = `${findings[0]?.id ?? operation}\n${findings[0] ? '' : mock}\n${live}`
    const known = causes.get(key) ?? { operations: [], mock: [], live, seen: [], findings: [] }
    causes.set(key, {
      operations: [...known.operations, operation],
      mock: [...new Set([...known.mock, mock])],
      live,
      seen: [...known.seen, ...seen],
      findings: [...known.findings, ...findings],
    })
  }
  return [...causes.values()]
}

/** Groups of answers that one difference is made of, and the findings that it is. */
interface Gathered {
  readonly operations: readonly string[]
  readonly mock: readonly string[]
  readonly live: string
  readonly seen: readonly Seen[]
  readonly findings: readonly Finding[]
}

function ofGroup({ document, server }: Comparison, { operations, mock: all, live, seen, findings }: Gathered) {
  const abouts = [...new Set(seen.map(({ about }) => about))]
  const [finding] = findings
  const mock = [...new Set(all.flatMap((text) => text.split(' or ')))].toSorted().join(' or ')
  const more = abouts.length > 1 ? ` and ${abouts.length - 1} more ${abouts.length === 2 ? 'request' : 'requests'}` : ''
  const difference: Difference = {
    id: `status-${hashOf(['status', finding?.id ?? operations[0] ?? '', mock, live])}`,
    kind: finding ? 'breaks' : 'open',
    statement: `${server} answers ${abouts[0]}${more} with ${live}, the mock with ${mock}`,
    decision: '',
    mock,
    live,
    operations: [...new Set(operations)],
    cases: seen.length,
    adoptable: false,
    reason: finding ? BREAKS : 'the mock has no setting for it',
    ...placeOf(document, operations[0]),
    finding: finding?.id ?? '',
    curl: shortest(seen),
  }
  return { difference, findings: findings.map(({ id }) => id) }
}

const BREAKS = 'it breaks the document'

function ofFinding({ server }: Pick<Comparison, 'server'>, finding: Finding): Difference {
  const { id, operation, expected, actual, pointer, line, curl } = finding
  return {
    id: `finding-${id}`,
    kind: 'breaks',
    statement: `${server} breaks the document at ${operation}: expected ${expected}, received ${actual}`,
    decision: '',
    mock: expected,
    live: actual,
    operations: [operation],
    cases: 1,
    adoptable: false,
    reason: BREAKS,
    pointer,
    line,
    finding: id,
    curl,
  }
}

/** The place of the advice on a list that shows a write late. */
const LAG = 'a list that lags'

/** A finding has all its places, and this one need not be the first. */
const isLag = ({ places }: Finding) => places.some(({ place }) => place === LAG)

function ofLag({ server }: Comparison, findings: readonly Finding[]): Difference[] {
  const [first] = findings
  if (first === undefined) return []
  const { id, curl, pointer, line } = first
  const lagging = findings.flatMap(({ places }) => places).filter(({ place }) => place === LAG)
  const operations = [...new Set(lagging.map(({ operation }) => operation))]
  return [
    {
      id: `lag-${hashOf(['lag'])}`,
      kind: 'open',
      statement: `${server} shows a write in ${listed(operations)} some time after it was acknowledged, the mock at once`,
      decision: 'Whether a write is done when it is acknowledged',
      mock: 'at once',
      live: 'later',
      operations,
      cases: findings.length,
      adoptable: false,
      reason: 'the mock has no setting for it',
      pointer,
      line,
      finding: id,
      curl,
    },
  ]
}

/** A property that comes as null in JSON, and not at all in XML. */
const isNull = ({ check, expected, actual }: Finding) =>
  (check === 'body-schema' && actual === 'null') || (check === 'xml-equals-json' && / null, as in JSON$/.test(expected))

/** The name of the property in a text such as `/category/name: a string`. */
function propertyIn(expected: string): string {
  const pointer = expected.split(': ', 1)[0] ?? ''
  return pointer.slice(pointer.lastIndexOf('/') + 1)
}

/** Null for what is absent breaks the document once for each property, and is one way of a server. */
function ofNulls({ server }: Comparison, findings: readonly Finding[]): Difference[] {
  const [first] = findings
  if (first === undefined) return []
  const names = findings.map(({ expected }) => `\`${propertyIn(expected)}\``)
  const operations = [...new Set(findings.map(({ operation }) => operation))]
  return [
    {
      ...ofFinding({ server }, first),
      id: `nulls-${hashOf(['nulls'])}`,
      statement: `${server} gives null for ${listed(names.toSorted())}, which the mock leaves out`,
      decision: '',
      mock: 'leaves it out',
      live: 'null',
      operations,
      cases: findings.length,
    },
  ]
}

const nameOf = ({ operation, method, path }: Seen) => operation || `${method} ${path}`

/** A method and the template of its path, if that is what the request is about. */
const labelOf = (seen: Seen) => seen.operation || (/^[A-Z]+ \//.test(seen.about) ? seen.about : nameOf(seen))

const operationsOf = (seen: readonly Seen[]) => [...new Set(seen.map(labelOf))]

/** The place of an operation in the document. */
function placeOf({ operations, lines }: ApiDocument, id: string | undefined): Pick<Difference, 'pointer' | 'line'> {
  const pointer = operations.find((operation) => operation.id === id)?.pointer ?? '/paths'
  return { pointer, line: lines.get(pointer) ?? 1 }
}

const shortest = (seen: readonly Seen[]): string =>
  seen.map(({ curl }) => curl()).toSorted((a, b) => a.length - b.length)[0] ?? ''

const hashOf = (parts: readonly string[]) => createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 8)

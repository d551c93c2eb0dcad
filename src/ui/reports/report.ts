/** The parts of a report of `inboxes-mock contract` that the page shows (docs/contract-report.schema.json). */
export interface ContractReport {
  readonly kind: 'contract'
  readonly baseUrl: string
  readonly mode: string
  readonly verdict: string
  readonly problem: string
  readonly requests: number
  readonly items: readonly Item[]
  readonly cells: readonly { readonly operation: string; readonly status: string; readonly state: string }[]
  readonly skipped: readonly string[]
}

/** The parts of a report of `inboxes-mock drift` (docs/drift-report.schema.json). */
export interface DriftReport {
  readonly kind: 'drift'
  readonly baseUrl: string
  readonly mode: string
  readonly verdict: string
  readonly problem: string
  readonly requests: number
  readonly items: readonly Item[]
}

export type Report = ContractReport | DriftReport

/** A finding or a difference. */
export interface Item {
  readonly id: string
  readonly level: string
  readonly operation: string
  readonly message: string
  readonly expected: string
  readonly actual: string
  readonly line: number
  readonly curl: string
}

type Node = Readonly<Record<string, unknown>>

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value)
const textOf = (value: unknown) => (typeof value === 'string' ? value : '')
const numberOf = (value: unknown) => (typeof value === 'number' ? value : 0)
const nodesOf = (value: unknown): readonly Node[] => (Array.isArray(value) ? value.filter(isNode) : [])
const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []

/** Reads the text of a report of either kind; gives the reason in words if it is none. */
export function readReport(text: string): Report | string {
  const value = parse(text)
  return value === undefined ? 'The file is not JSON.' : reportOf(value)
}

/** Reads a report of either kind; gives the reason in words if it is none. */
export function reportOf(value: unknown): Report | string {
  if (!isNode(value) || typeof value.verdict !== 'string')
    return 'The file is no report: it has no verdict. Write one with --report json=FILE.'
  const { findings, differences } = value
  if (Array.isArray(findings)) return contractReport(value, nodesOf(findings))
  if (Array.isArray(differences)) return driftReport(value, nodesOf(differences))
  return 'The file is no report: it has neither findings nor differences.'
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const headOf = (value: Node) => ({
  baseUrl: textOf(value.baseUrl),
  mode: textOf(value.mode),
  verdict: textOf(value.verdict),
  problem: textOf(value.problem),
  requests: numberOf(value.requests),
})

const contractReport = (value: Node, findings: readonly Node[]): ContractReport => ({
  kind: 'contract',
  ...headOf(value),
  items: findings.map((one) => ({
    ...itemOf(one),
    level: textOf(one.level),
    operation: textOf(one.operation),
    message: textOf(one.message) || `${textOf(one.check)}: ${textOf(one.place)}`,
    expected: textOf(one.expected),
    actual: textOf(one.actual),
  })),
  cells: nodesOf(value.coverage)
    .filter(({ parameter }) => parameter === '')
    .map(({ operation, status, state }) => ({
      operation: textOf(operation),
      status: textOf(status),
      state: textOf(state),
    })),
  skipped: textsOf(value.skipped),
})

const driftReport = (value: Node, differences: readonly Node[]): DriftReport => ({
  kind: 'drift',
  ...headOf(value),
  items: differences.map((one) => ({
    ...itemOf(one),
    level: textOf(one.kind),
    operation: textsOf(one.operations).join(', '),
    message: textOf(one.statement),
    expected: textOf(one.mock),
    actual: textOf(one.live),
  })),
})

const itemOf = (one: Node) => ({ id: textOf(one.id), line: numberOf(one.line), curl: textOf(one.curl) })

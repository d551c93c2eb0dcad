import type { FindCost } from './find.ts'
import type { HostileCost } from './hostile.ts'
import type { Load } from './load.ts'
import type { MemoryCost } from './memory.ts'
import type { Measured } from './rounds.ts'
import type { SessionCost } from './sessions.ts'
import type { SoakSample } from './soak.ts'
import { pairedRatios, type Spread, spreadOf } from './statistics.ts'

/** A table of the report. */
export interface Table {
  readonly title: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** Values that were measured in rounds, as ratios to one contender's. */
export function ratioTable(title: string, unit: string, measured: Measured<number>, base: string): Table {
  const bases = measured.get(base) ?? []
  const rows = [...measured].map(([name, values]) => [
    name,
    ratioText(spreadOf(pairedRatios(values, bases))),
    number(spreadOf(values).median),
  ])
  return { title, head: ['', `to ${base}`, unit], rows }
}

/** Load as ratios to one contender's: more requests per second are better, less of all else is. */
export function loadTable(title: string, measured: Measured<Load>, base: string): Table {
  const part = (name: string, key: keyof Load) => (measured.get(name) ?? []).map((load) => load[key])
  const ratio = (name: string, key: keyof Load) => ratioText(spreadOf(pairedRatios(part(name, key), part(base, key))))
  const middle = (name: string, key: keyof Load) => number(spreadOf(part(name, key)).median)
  const rows = [...measured.keys()].map((name) => [
    name,
    ...(['perSecond', 'cpu', 'p50', 'p99'] as const).map((key) => ratio(name, key)),
    ...(['perSecond', 'p50', 'p99'] as const).map((key) => middle(name, key)),
  ])
  const ratios = ['requests/s', 'CPU a request', 'p50', 'p99'].map((what) => `${what} to ${base}`)
  return { title, head: ['', ...ratios, 'requests/s', 'p50 ms', 'p99 ms'], rows }
}

/** The cost of pets. */
export function memoryTable(costs: readonly MemoryCost[]): Table {
  const rows = costs.map(({ pets, milliseconds, bytesAtStart, bytesAfterReading }) => [
    pets.toLocaleString('en'),
    number(milliseconds),
    number(bytesAtStart),
    number(bytesAfterReading),
  ])
  return { title: 'Memory', head: ['pets', 'ms to make the mock', 'bytes a pet', 'bytes a pet, all read'], rows }
}

/** The cost of finding pets. */
export function findTable(costs: readonly FindCost[]): Table {
  const rows = costs.map(({ pets, byTag, byStatus }) => [pets.toLocaleString('en'), number(byTag), number(byStatus)])
  return { title: 'Finding pets as they grow', head: ['pets', 'µs for 100 by tag', 'µs a pet by status'], rows }
}

/** The memory of a mock under requests that are never repeated. */
export function hostileTable(costs: readonly HostileCost[], count: number): Table {
  const rows = costs.map(({ kind, held: [before = Number.NaN, after = Number.NaN] }) => [
    kind,
    megabytes(before),
    megabytes(after),
    number((after - before) / count),
  ])
  const many = count.toLocaleString('en')
  return { title: `${many} that never came before`, head: ['', 'MB before', 'MB after', 'bytes for each'], rows }
}

/** The memory of a mock under a long load. */
export function soakTable(samples: readonly SoakSample[]): Table {
  const rows = samples.map(({ minutes, requests, held, rss }) => [
    minutes.toFixed(1),
    requests.toLocaleString('en'),
    megabytes(held),
    megabytes(rss),
  ])
  return { title: 'Under load for long', head: ['minutes', 'requests', 'MB held', 'MB resident'], rows }
}

/** The cost of sessions. */
export function sessionTable(costs: readonly SessionCost[]): Table {
  const rows = costs.map(({ pets, microseconds, bytes, bytesChanged }) => [
    pets.toLocaleString('en'),
    number(microseconds),
    number(bytes),
    number(bytesChanged),
  ])
  return {
    title: 'Sessions',
    head: ['pets', 'µs to start one', 'bytes to start one', 'bytes for its first change'],
    rows,
  }
}

/** A table as Markdown. */
export function markdownOf({ title, head, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [`## ${title}`, '', line(head), line(head.map(() => '---')), ...rows.map(line), ''].join('\n')
}

/** A ratio and its quartiles; nothing where there is none. */
export const ratioText = ({ median, low, high }: Spread) =>
  Number.isNaN(median) ? '' : `${median.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`

const megabytes = (bytes: number) => (bytes / 2 ** 20).toFixed(1)

/** Three digits that count; nothing where there is no number. */
export const number = (value: number) => (Number.isNaN(value) ? '' : String(Number(value.toPrecision(3))))

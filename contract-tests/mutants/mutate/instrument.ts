import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Instrumenter } from '@stryker-mutator/instrumenter'
import { type Mutant, oneLine } from './mutant.ts'
import { type CodePath, isFunction, isSwitched } from './switched-code.ts'

/** A server whose code is changed. */
export interface Subject {
  readonly id: string
  readonly folder: string
  /** The files of which mutants are made; the first one starts the server. */
  readonly files: readonly string[]
  /** The function that tells whether a variant is on, if the code of variants stands among the rest. */
  readonly switchedBy?: string
  /** The function that makes the records of the start, if it stands in one of the files. Data are the server's own. */
  readonly dataBy?: string
}

/** A copy of a server that can be any of its mutants. */
export interface Instrumented {
  readonly files: readonly { readonly name: string; readonly content: string }[]
  readonly mutants: readonly Mutant[]
}

type Logger = ConstructorParameters<typeof Instrumenter>[0]
const silent = () => {}
const off = () => false
const LOGGER: Logger = {
  ...{ isTraceEnabled: off, isDebugEnabled: off, isInfoEnabled: off, isWarnEnabled: off, isErrorEnabled: off },
  ...{ isFatalEnabled: off, trace: silent, debug: silent, info: silent, warn: silent, error: silent, fatal: silent },
}

/** Makes all mutants of a server. The copy asks `stryMutAct_9fa48`, which `entry.ts` defines, which of them is on. */
export async function instrument({ folder, files, ...ignored }: Subject): Promise<Instrumented> {
  const sources = files.map((name) => ({ name, content: readFileSync(join(folder, name), 'utf8'), mutate: true }))
  const result = await new Instrumenter(LOGGER).instrument(sources, {
    plugins: null,
    excludedMutations: [],
    ignorers: [{ shouldIgnore: (path: object) => reasonToIgnore(path as CodePath, ignored) }],
    noHeader: true,
  })
  const lines = new Map(sources.map(({ name, content }) => [name, content.split('\n')]))
  const placed = result.mutants.filter(({ status }) => status !== 'Ignored')
  return { files: result.files, mutants: placed.map((mutant) => toMutant(mutant, lines.get(mutant.fileName) ?? [])) }
}

function reasonToIgnore(path: CodePath, { switchedBy, dataBy }: Pick<Subject, 'switchedBy' | 'dataBy'>) {
  if (switchedBy !== undefined && isSwitched(path, switchedBy)) return 'It runs in variants only.'
  return isFunction(path, dataBy) ? 'It makes data.' : undefined
}

/** Stryker counts lines and columns from 0. */
type Made = Awaited<ReturnType<Instrumenter['instrument']>>['mutants'][number]

function toMutant({ id, fileName, mutatorName, replacement, location }: Made, lines: readonly string[]): Mutant {
  const { start, end } = location
  return {
    number: Number(id),
    file: fileName,
    line: start.line + 1,
    at: oneLine(lines[start.line] ?? ''),
    mutator: mutatorName,
    original: oneLine(textBetween(lines, start, end)),
    replacement: oneLine(replacement),
  }
}

type Position = Made['location']['start']

function textBetween(lines: readonly string[], start: Position, end: Position): string {
  const rows = lines.slice(start.line, end.line + 1)
  if (rows.length === 1) return rows[0]?.slice(start.column, end.column) ?? ''
  return [rows[0]?.slice(start.column), ...rows.slice(1, -1), rows.at(-1)?.slice(0, end.column)].join('\n')
}

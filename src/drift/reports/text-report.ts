import { printable } from '../../http/printable.ts'
import { shellWord } from '../../http/shell-word.ts'
import type { Difference, DriftReport } from '../report.ts'

const tame = (text: string) => printable(text, Number.POSITIVE_INFINITY)
const count = (number: number, what: string) => `${number} ${what}${number === 1 ? '' : 's'}`

/** The report for a terminal: one sentence a difference, and what to do next. */
export function textReport(report: DriftReport): string {
  const { problem, differences } = report
  if (report.verdict === 'could-not-run') return `${tame(problem)}\n`
  return [summary(report), '', ...differences.flatMap(paragraph), ...next(report), ''].join('\n')
}

/** Another seed, or other data on the server, makes a plan some cases longer or shorter. */
const roughly = (number: number) => Number(number.toPrecision(2))

export function summary({ differences, cases: { asked, notAsked, more }, mode }: DriftReport): string {
  const alone = notAsked === 0 ? '' : `; ${notAsked} could be asked of one alone`
  const fuller = more === undefined ? '' : `; about ${roughly(more.cases)} more need --mode ${more.mode}`
  return `${count(differences.length, 'difference')} in ${count(asked, 'case')} asked of both (${mode} mode${alone}${fuller})`
}

const MOST_NAMES = 3

function paragraph(difference: Difference, index: number): string[] {
  const { statement, operations, cases, decision, curl } = difference
  const where = operations.length > MOST_NAMES ? count(operations.length, 'operation') : operations.join(', ')
  return [
    `${String(index + 1).padStart(2)}  ${tame(statement)}`,
    `    ${tame(`${where}, ${count(cases, 'case')}`)}  ${tame(endOf(difference))}`,
    ...(decision === '' ? [] : [`    decision  ${tame(decision)}`]),
    ...tame(curl)
      .split('\n')
      .map((line, at) => `    ${at === 0 ? 'try it  ' : '        '}  ${line}`),
  ]
}

/** Whether the mock can learn it, and why not. */
export const endOf = ({ finding, adoptable, reason, kind }: Difference): string => {
  if (kind === 'breaks') return `breaks the document: ${finding}`
  return adoptable ? 'adoptable' : `not adoptable: ${reason}`
}

function next({ differences, baseUrl }: DriftReport): string[] {
  if (!differences.some(({ adoptable }) => adoptable)) return []
  const drift = `inboxes-mock drift --base-url ${shellWord(baseUrl)} --adopt server.profile.json`
  return ['', tame(`Next: ${drift}, then inboxes-mock --profile server.profile.json`)]
}

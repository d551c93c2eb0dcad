import { jsonLines } from '../../http/printable.ts'
import type { ContractReport } from '../report.ts'

/** The report as JSON, as `docs/contract.md` describes it. Equal runs give equal bytes, except for `times`. */
export const jsonReport = (report: ContractReport): string => `${jsonLines(report)}\n`

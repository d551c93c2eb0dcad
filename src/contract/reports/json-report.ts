import type { ContractReport } from '../report.ts'

/** The report as JSON: what `docs/contract.md` describes. Equal runs give equal bytes, `times` apart. */
export const jsonReport = (report: ContractReport): string => `${JSON.stringify(report, undefined, 2)}\n`

import { useState } from 'preact/hooks'
import { DropZone } from '../parts/drop-zone.tsx'
import { ProblemBox } from '../parts/problem-box.tsx'
import { CommandMaker } from './command-maker.tsx'
import { type Report, readReport } from './report.ts'
import { ReportPanel } from './report-panel.tsx'

/** Reports of contract and drift runs. The mock runs none itself: the page shows the command to run. */
export function ReportsView() {
  const [shown, show] = useState<{ readonly name: string; readonly report: Report | string } | undefined>(undefined)
  return (
    <>
      <DropZone
        label="Open a report of contract or drift (JSON), or drop it here"
        onFile={(name, text) => show({ name, report: readReport(text) })}
      />
      {typeof shown?.report === 'string' && (
        <ProblemBox problem={{ status: 0, detail: `${shown.name}: ${shown.report}`, errors: [] }} />
      )}
      {shown && typeof shown.report !== 'string' && <ReportPanel name={shown.name} report={shown.report} />}
      <CommandMaker />
    </>
  )
}

import { useState } from 'preact/hooks'
import { useApp } from '../app/app-context.ts'
import { DropZone } from '../parts/drop-zone.tsx'
import { ProblemBox } from '../parts/problem-box.tsx'
import { useAnswer } from '../parts/use-answer.ts'
import { useCell } from '../parts/use-cell.ts'
import { useSlowly } from '../parts/use-slowly.ts'
import { CommandMaker } from './command-maker.tsx'
import { type Report, readReport } from './report.ts'
import { ReportPanel } from './report-panel.tsx'
import { RunList } from './run-list.tsx'
import { RunPanel } from './run-panel.tsx'
import { RunTool } from './run-tool.tsx'

/** Milliseconds between two questions while a run goes on. */
const EVERY = 500

/** Reports of contract and drift runs: those that the mock makes, and those of files. */
export function ReportsView() {
  const { control, changes, route } = useApp()
  const [id] = useCell(route).rest
  const changed = useSlowly(useCell(changes).run, EVERY)
  const { value: runs, problem, reload } = useAnswer((signal) => control.call('get', '/runs', { signal }), [changed])
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
      {runs && id !== undefined && <RunPanel key={id} {...{ id, changed }} onChanged={reload} />}
      {runs && <RunTool onBegun={reload} />}
      {runs && <RunList runs={runs} />}
      {/* A mock that code has made runs none itself. */}
      {problem && (problem.status === 404 ? <CommandMaker /> : <ProblemBox problem={problem} />)}
    </>
  )
}

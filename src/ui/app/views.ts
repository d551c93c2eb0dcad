import type { FunctionComponent } from 'preact'
import { ClockView } from '../clock/clock-view.tsx'
import { CoverageView } from '../coverage/coverage-view.tsx'
import { FaultsView } from '../faults/faults-view.tsx'
import { ReferenceView } from '../reference/reference-view.tsx'
import { ReportsView } from '../reports/reports-view.tsx'
import { RequestsView } from '../requests/requests-view.tsx'
import { SessionsView } from '../sessions/sessions-view.tsx'
import { StateView } from '../state/state-view.tsx'
import { UpstreamView } from '../upstream/upstream-view.tsx'
import type { View } from './route.ts'

/** The heading of each view, which is its name in the navigation too. */
export const TITLES: Readonly<Record<View, string>> = {
  requests: 'Requests',
  state: 'State',
  faults: 'Faults',
  sessions: 'Sessions',
  clock: 'Clock',
  coverage: 'Coverage',
  upstream: 'Upstream',
  reports: 'Reports',
  reference: 'Reference',
}

export const VIEW_COMPONENTS: Readonly<Record<View, FunctionComponent>> = {
  requests: RequestsView,
  state: StateView,
  faults: FaultsView,
  sessions: SessionsView,
  clock: ClockView,
  coverage: CoverageView,
  upstream: UpstreamView,
  reports: ReportsView,
  reference: ReferenceView,
}

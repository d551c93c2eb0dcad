import type { Recording, UpstreamApi } from '../admin/upstream-api.ts'
import type { Settings } from './settings.ts'
import type { ViolationLog } from './violation-log.ts'

/** Where the settings stand. `set` throws if they cannot be. */
export interface SettingsHolder {
  readonly get: () => Settings
  readonly set: (settings: Settings) => void
}

/** Makes the control of a live server. */
export function controlOf(
  url: string,
  violations: ViolationLog,
  settings: SettingsHolder,
  recording: () => Promise<Recording>,
): UpstreamApi {
  const state = () => ({ url, ...settings.get() })
  return {
    state,
    set: (change) => {
      settings.set({ ...settings.get(), ...change })
      return state()
    },
    violations: () => {
      const list = violations.list()
      return { count: list.reduce((sum, { count }) => sum + count, 0), violations: list }
    },
    clearViolations: violations.clear,
    recording,
  }
}

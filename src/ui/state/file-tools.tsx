import { useState } from 'preact/hooks'
import { useApp } from '../app/app-context.ts'
import type { Problem } from '../control/problem.ts'
import { download } from '../parts/download.ts'
import { DropZone } from '../parts/drop-zone.tsx'
import { ProblemBox } from '../parts/problem-box.tsx'
import { useAction } from '../parts/use-action.ts'

/** Saves the state as a file, and loads one. */
export function FileTools() {
  const { control } = useApp()
  const { run, problem, clear } = useAction()
  const [unreadable, setUnreadable] = useState<Problem | undefined>(undefined)
  const save = async () => {
    const state = await control.call('get', '/state')
    download('inboxes-state.json', `${JSON.stringify(state, undefined, 2)}\n`, 'application/json')
  }
  const load = (name: string, text: string) => {
    clear()
    const body = parse(text)
    setUnreadable(
      body === undefined
        ? { status: 0, detail: `${name} is not JSON. The state is as it was.`, errors: [] }
        : undefined,
    )
    if (body !== undefined) void run(() => control.call('put', '/state', { body }), `The state of ${name} is loaded.`)
  }
  const shown = unreadable ?? problem
  return (
    <>
      <button type="button" class="button" onClick={() => void run(save, '')}>
        Download state
      </button>
      <DropZone label="Load state file (or drop it here)" onFile={load} />
      {shown && <ProblemBox problem={shown} />}
    </>
  )
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

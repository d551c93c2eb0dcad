import { useApp } from '../app/app-context.ts'
import type { Upstream } from '../control/types.ts'
import { download } from '../parts/download.ts'
import { ProblemBox } from '../parts/problem-box.tsx'
import { useAction } from '../parts/use-action.ts'

export interface UpstreamProps {
  readonly state: Upstream
  readonly onChanged: () => void
}

/** The address of the live server, a pause of it, and what it has shown so far as a file. */
export function UpstreamTools({ state: { url, mode, pause }, onChanged }: UpstreamProps) {
  const { control } = useApp()
  const { run, problem, pending } = useAction()
  const toggle = async () => {
    const body = { pause: !pause }
    const done = pause ? 'The live server is asked again.' : 'The live server is paused.'
    if (await run(() => control.call('put', '/upstream', { body }), done)) onChanged()
  }
  const save = async () => {
    const recording = await control.call('get', '/upstream/recording')
    download('recording.json', `${JSON.stringify(recording, undefined, 2)}\n`, 'application/json')
  }
  return (
    <div class="card">
      <p class="facts">
        <bdi>{url}</bdi>
        <span>{mode} mode</span>
        <span class={pause ? 'badge bad' : 'badge'}>{pause ? 'paused' : 'asked'}</span>
      </p>
      {problem && <ProblemBox problem={problem} />}
      <div class="actions">
        <button type="button" class="button" disabled={pending} onClick={() => void toggle()}>
          {pause ? 'Ask it again' : 'Pause'}
        </button>
        <button type="button" class="button" onClick={() => void run(save, '')}>
          Download recording
        </button>
      </div>
    </div>
  )
}

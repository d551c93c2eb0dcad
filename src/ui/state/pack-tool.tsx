import { useState } from 'preact/hooks'
import { useApp } from '../app/app-context.ts'
import type { Pack } from '../control/types.ts'
import { ConfirmButton } from '../parts/confirm-button.tsx'
import { ProblemBox } from '../parts/problem-box.tsx'
import { useAction } from '../parts/use-action.ts'

export const PACKS: readonly Pack[] = ['default', 'empty', 'one', 'many', 'long-text', 'unicode', 'bare']

/** Puts the session back to a pack of seed data. */
export function PackTool() {
  const { control } = useApp()
  const { run, problem } = useAction()
  const [pack, choose] = useState<Pack>('default')
  return (
    <>
      <span class="joined">
        <select
          aria-label="Pack of seed data"
          value={pack}
          onChange={(event) => choose(PACKS.find((one) => one === event.currentTarget.value) ?? 'default')}
        >
          {PACKS.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
        <ConfirmButton
          label="Reset to pack"
          confirm="Replace all data"
          onConfirm={() =>
            void run(() => control.call('post', '/reset', { body: { pack } }), `The state is the pack ${pack}.`)
          }
        />
      </span>
      {problem && <ProblemBox problem={problem} />}
    </>
  )
}

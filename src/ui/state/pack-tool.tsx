import { useState } from 'preact/hooks'
import { useApp } from '../app/app-context.ts'
import type { Pack } from '../control/types.ts'
import { ConfirmButton } from '../parts/confirm-button.tsx'
import { ProblemBox } from '../parts/problem-box.tsx'
import { useAction } from '../parts/use-action.ts'
import { PackSelect } from './pack-select.tsx'

/** Puts the session back to a pack of seed data. */
export function PackTool() {
  const { control } = useApp()
  const { run, problem } = useAction()
  const [pack, choose] = useState<Pack>('default')
  return (
    <>
      <span class="joined">
        <PackSelect pack={pack} onChoose={choose} />
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

import { useState } from 'preact/hooks'
import { useApp } from '../app/app-context.ts'
import { ProblemBox } from '../parts/problem-box.tsx'
import { TextDialog } from '../parts/text-dialog.tsx'
import { useAction } from '../parts/use-action.ts'
import { testUpTo } from './jest-test.ts'

interface TestButtonProps {
  readonly session: string
  /** The number of requests after the one of the test. */
  readonly fromEnd: () => number
}

/** Shows a jest test that repeats the requests up to this one. */
export function TestButton({ session, fromEnd }: TestButtonProps) {
  const { control } = useApp()
  const { run, problem } = useAction()
  const [source, setSource] = useState<string | undefined>(undefined)
  const make = () =>
    run(async () => setSource(testUpTo(await control.call('get', '/requests/jest', { session }), fromEnd())), '')
  return (
    <>
      <button type="button" class="button" onClick={() => void make()}>
        Make this a test
      </button>
      {problem && <ProblemBox problem={problem} />}
      {source !== undefined && (
        <TextDialog
          title="A jest test of this request"
          text={source}
          file="recorded.test.js"
          onClose={() => setSource(undefined)}
        >
          <p>The requests before it are repeated too: the state that it meets is theirs.</p>
        </TextDialog>
      )}
    </>
  )
}

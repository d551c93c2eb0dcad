import { useState } from 'preact/hooks'
import { type ApiDocument, basePathOf, type Operation } from '../app/api-document.ts'
import { useApp } from '../app/app-context.ts'
import { problemOf } from '../control/problem.ts'
import { useCell } from '../parts/use-cell.ts'
import { type Attempt, firstAttempt, initOf, targetOf } from './attempt.ts'
import { AttemptFields } from './attempt-fields.tsx'
import { type Tried, TriedAnswer } from './tried-answer.tsx'

interface TryItProps {
  readonly document: ApiDocument
  readonly operation: Operation
}

/** Sends a request to this mock, and shows the answer. The request appears in the list of requests too. */
export function TryIt({ document, operation }: TryItProps) {
  const session = useCell(useApp().session)
  const [attempt, setAttempt] = useState<Attempt>(() => firstAttempt(operation))
  const [tried, setTried] = useState<Tried | undefined>(undefined)
  const [pending, setPending] = useState(false)
  const send = async () => {
    setPending(true)
    setTried(await ask(targetOf(operation, attempt, basePathOf(document)), initOf(operation, attempt, session)))
    setPending(false)
  }
  return (
    <section class="card try" aria-label="Try it">
      <h3>Try it</h3>
      <form
        aria-label={`Try ${operation.id}`}
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <AttemptFields operation={operation} attempt={attempt} onAttempt={setAttempt} tried={tried} />
        <div class="actions">
          <button type="submit" class="button primary" disabled={pending}>
            Send
          </button>
        </div>
      </form>
      {tried && <TriedAnswer tried={tried} />}
    </section>
  )
}

async function ask(target: string, init: RequestInit): Promise<Tried> {
  try {
    const response = await fetch(target, init)
    const type = response.headers.get('Content-Type') ?? ''
    return { target, status: response.status, type, headers: [...response.headers], text: await response.text() }
  } catch (error) {
    const { detail } = problemOf(error)
    return { target, status: 0, type: '', headers: [], text: `${detail} A fault may have broken the connection.` }
  }
}

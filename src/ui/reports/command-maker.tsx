import { useState } from 'preact/hooks'
import { CopyButton } from '../parts/copy-button.tsx'
import { commandFor, type Tool } from './command.ts'

/** Makes the command that checks a server and writes a report for this page. */
export function CommandMaker() {
  const [url, setUrl] = useState('')
  const [tool, choose] = useState<Tool>('contract')
  const command = commandFor(tool, url)
  return (
    <section class="card" aria-labelledby="run-report">
      <h2 id="run-report">Make a report</h2>
      <p>
        A run takes minutes and asks another server, so it runs in your shell, not in this page. Safe mode reads and
        changes nothing.
      </p>
      <div class="field">
        <label for="report-tool">Compare the server with</label>
        <select
          id="report-tool"
          value={tool}
          onChange={(event) => choose(event.currentTarget.value === 'drift' ? 'drift' : 'contract')}
        >
          <option value="contract">the document (contract)</option>
          <option value="drift">this mock (drift)</option>
        </select>
      </div>
      <div class="field">
        <label for="report-url">URL of the server</label>
        <input
          id="report-url"
          type="url"
          placeholder="https://staging.example/v2"
          value={url}
          onInput={(event) => setUrl(event.currentTarget.value)}
        />
      </div>
      <pre class="command">{command}</pre>
      <div class="actions">
        <CopyButton label="Copy command" title="the command" text={async () => command} />
      </div>
    </section>
  )
}

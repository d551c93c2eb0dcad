import { basePathOf } from '../app/api-document.ts'
import { useApp } from '../app/app-context.ts'
import { linkTo } from '../app/route.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { Empty } from '../parts/empty.tsx'
import { useCell } from '../parts/use-cell.ts'

/** Says how to make a request, or that the filter hides all. */
export function NoRequests({ total }: { readonly total: number }) {
  const { document, live } = useApp()
  const isLoading = useCell(live.connection) === 'connecting'
  const api = useCell(document)
  if (total > 0)
    return (
      <Empty title="No request matches.">
        <p>Change the filter above: {total} requests are hidden.</p>
      </Empty>
    )
  if (isLoading) return <p class="muted">Loading…</p>
  const command = `curl -H 'api_key: special-key' ${location.origin}${api ? basePathOf(api) : '/v2'}/pet/1`
  return (
    <Empty title="No request yet.">
      <p>Send one from your application, from the shell, or from the reference. It appears here at once.</p>
      <pre class="command">{command}</pre>
      <div class="actions">
        <CopyButton label="Copy command" title="the command" text={async () => command} />
        <a class="button" href={linkTo('reference', 'getPetById')}>
          Try one in the reference
        </a>
      </div>
    </Empty>
  )
}

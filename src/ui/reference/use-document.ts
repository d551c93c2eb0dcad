import { useEffect } from 'preact/hooks'
import type { ApiDocument } from '../app/api-document.ts'
import { useApp } from '../app/app-context.ts'
import { loadDocument } from '../app/load-document.ts'
import { useCell } from '../parts/use-cell.ts'

/** The API's document, which is open even where the control plane asks for a token. */
export function useDocument(): ApiDocument | undefined {
  const { document, live } = useApp()
  const connection = useCell(live.connection)
  const value = useCell(document)
  useEffect(() => {
    if (value === undefined) loadDocument().then(document.set, () => undefined)
  }, [value, connection, document])
  return value
}

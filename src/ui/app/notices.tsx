import { useCell } from '../parts/use-cell.ts'
import { useApp } from './app-context.ts'

/** The latest messages; screen readers read each as it comes. */
export function Notices() {
  const { notices } = useApp()
  return (
    <div class="notices" role="status" aria-live="polite">
      {useCell(notices).map(({ id, text }) => (
        <p key={id}>{text}</p>
      ))}
    </div>
  )
}

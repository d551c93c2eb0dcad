import { useCell } from '../parts/use-cell.ts'
import { useCurrentInView } from '../parts/use-current-in-view.ts'
import { useApp } from './app-context.ts'
import { ConnectionState } from './connection-state.tsx'
import { linkTo, VIEWS } from './route.ts'
import { SessionSelect } from './session-select.tsx'
import { ThemeSelect } from './theme-select.tsx'

/** The name, the navigation, and the choices that hold for all views. */
export function Header() {
  const { route } = useApp()
  const { view } = useCell(route)
  const tabs = useCurrentInView(view)
  return (
    <header class="top">
      <div class="bar">
        <span class="brand">inboxes-mock</span>
        <ConnectionState />
        <div class="choices">
          <SessionSelect />
          <ThemeSelect />
        </div>
      </div>
      <nav ref={tabs} aria-label="Views" class="tabs">
        {VIEWS.map((name) => (
          <a key={name} href={linkTo(name)} {...(name === view && { 'aria-current': 'page' as const })}>
            {name}
          </a>
        ))}
      </nav>
    </header>
  )
}

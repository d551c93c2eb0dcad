import { useLayoutEffect, useRef } from 'preact/hooks'
import { useCell } from '../parts/use-cell.ts'
import { useApp } from './app-context.ts'
import { Header } from './header.tsx'
import { Login } from './login.tsx'
import { Notices } from './notices.tsx'
import { TITLES, VIEW_COMPONENTS } from './views.ts'

/** The page around the views. */
export function Shell() {
  const { route, live } = useApp()
  const { view } = useCell(route)
  const locked = useCell(live.connection) === 'locked'
  const heading = useRef<HTMLHeadingElement>(null)
  const isFirst = useRef(true)
  // Before the view is painted: whoever presses a key at the sight of it starts from its heading.
  useLayoutEffect(() => {
    document.title = `${TITLES[view]} · inboxes-mock`
    // A change of view is told to screen readers by the focus.
    if (!isFirst.current) heading.current?.focus()
    isFirst.current = false
  }, [view])
  const View = VIEW_COMPONENTS[view]
  // The reference is open where the API is; the rest is behind the token.
  const needsLogin = locked && view !== 'reference'
  return (
    <>
      <button type="button" class="skip" onClick={() => heading.current?.focus()}>
        Skip to content
      </button>
      <Header />
      <main id="main" class="view">
        <h1 ref={heading} tabIndex={-1}>
          {TITLES[view]}
        </h1>
        {needsLogin ? <Login /> : <View />}
      </main>
      <Notices />
    </>
  )
}

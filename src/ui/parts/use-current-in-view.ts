import { useEffect, useRef } from 'preact/hooks'

/** Scrolls a navigation to its current link, whenever that changes: a narrow window shows a part of the navigation. */
export function useCurrentInView(current: string) {
  const nav = useRef<HTMLElement>(null)
  useEffect(() => {
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [current])
  return nav
}

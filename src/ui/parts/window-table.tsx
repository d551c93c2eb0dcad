import type { ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { windowOf } from './window-of.ts'

interface WindowTableProps {
  readonly label: string
  readonly count: number
  /** The cells of the head. */
  readonly head: ComponentChildren
  /** The row at an index. */
  readonly row: (index: number) => ComponentChildren
  readonly class?: string
  /** Called with the rows that are drawn, the end exclusive. */
  readonly onRange?: (first: number, end: number) => void
  /** True where new rows come at the top: the rows in view stay where they are. */
  readonly growsAtTop?: boolean
}

/** The height of a row in pixels, as `tables.css` sets it. */
export const ROW_HEIGHT = 32

/** A table that draws only the rows in view, so that 100,000 of them scroll smoothly. */
export function WindowTable(props: WindowTableProps) {
  const { label, count, head, row, class: look = '', growsAtTop = false, onRange } = props
  const box = useRef<HTMLDivElement>(null)
  const { top, height } = useScroll(box)
  useSteadyRows(box, count, growsAtTop)
  const shown = windowOf(count, ROW_HEIGHT, top, height)
  useEffect(() => onRange?.(shown.first, shown.end), [shown.first, shown.end])
  const indexes = Array.from({ length: Math.max(0, shown.end - shown.first) }, (_one, index) => shown.first + index)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reached by keyboard (axe: scrollable-region-focusable).
    <section class={`window ${look}`} ref={box} aria-label={label} tabIndex={0} onKeyDown={moveByArrow}>
      <table aria-rowcount={count + 1}>
        <thead>
          <tr aria-rowindex={1}>{head}</tr>
        </thead>
        <tbody>
          <Spacer height={shown.before} />
          {indexes.map(row)}
          <Spacer height={shown.after} />
        </tbody>
      </table>
    </section>
  )
}

const Spacer = ({ height }: { readonly height: number }) =>
  height === 0 ? null : (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row without content has nothing to focus.
    <tr class="spacer" aria-hidden="true">
      <td style={{ height: `${height}px` }} />
    </tr>
  )

type Box = { readonly current: HTMLElement | null }

/** The place and height of a box that scrolls. */
function useScroll(box: Box) {
  const [scroll, set] = useState({ top: 0, height: 800 })
  useEffect(() => {
    const element = box.current
    if (!element) return
    const measure = () => set({ top: element.scrollTop, height: element.clientHeight })
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    element.addEventListener('scroll', measure, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', measure)
    }
  }, [box])
  return scroll
}

/** Scrolls by the height of new rows at the top, unless the box stands at its top. */
function useSteadyRows(box: Box, count: number, growsAtTop: boolean): void {
  const before = useRef(count)
  useLayoutEffect(() => {
    const added = count - before.current
    before.current = count
    if (growsAtTop && added > 0 && box.current && box.current.scrollTop > ROW_HEIGHT)
      box.current.scrollTop += added * ROW_HEIGHT
  }, [box, count, growsAtTop])
}

/** Up and down move between the links of the rows. */
function moveByArrow(event: KeyboardEvent): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  const box = event.currentTarget
  if (step === 0 || !(box instanceof HTMLElement) || event.target instanceof HTMLInputElement) return
  const links = [...box.querySelectorAll<HTMLElement>('tbody a.row-link')]
  const at = links.findIndex((link) => link.matches(':focus'))
  const next = links[at < 0 ? 0 : at + step]
  if (!next) return
  event.preventDefault()
  next.focus()
  next.scrollIntoView({ block: 'nearest' })
}

import { useEffect, useRef, useState } from 'preact/hooks'

/** A value that changes at most once in so many milliseconds. */
export function useSlowly<T>(value: T, ms: number): T {
  const [shown, show] = useState(value)
  const latest = useRef(value)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  latest.current = value
  useEffect(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined
      show(latest.current)
    }, ms)
  }, [value, ms])
  useEffect(() => () => clearTimeout(timer.current), [])
  return shown
}

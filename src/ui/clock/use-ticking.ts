import { useEffect, useState } from 'preact/hooks'

interface Read {
  readonly now: string
  readonly frozen: boolean
}

/** The time of a clock that was read a moment ago, counted on while it runs. */
export function useTicking({ now, frozen }: Read): string {
  const [passed, setPassed] = useState(0)
  useEffect(() => {
    setPassed(0)
    if (frozen) return
    const started = performance.now()
    const timer = setInterval(() => setPassed(performance.now() - started), 1_000)
    return () => clearInterval(timer)
  }, [now, frozen])
  return frozen ? now : new Date(Date.parse(now) + passed).toISOString()
}

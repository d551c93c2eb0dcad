import type { Clock } from '../control/types.ts'
import { useTicking } from './use-ticking.ts'

/** The time of the session. */
export function Now({ clock }: { readonly clock: Clock }) {
  const now = useTicking(clock)
  return (
    <p class="clock-now">
      <time dateTime={now}>{now.replace('T', ' ').replace(/\.\d+Z|Z/, ' UTC')}</time>
      <span class={clock.frozen ? 'badge warn' : 'badge good'}>{clock.frozen ? 'frozen' : 'runs'}</span>
    </p>
  )
}

/** Changes the clock, and says the text. */
export type PutClock = (body: unknown, done: string) => Promise<void>

const STEPS: readonly (readonly [label: string, ms: number])[] = [
  ['1 minute', 60_000],
  ['1 hour', 3_600_000],
  ['1 day', 86_400_000],
]

interface ClockButtonsProps {
  readonly frozen: boolean
  readonly put: PutClock
}

/** The changes that need no value. */
export const ClockButtons = ({ frozen, put }: ClockButtonsProps) => (
  <div class="actions">
    <button
      type="button"
      class="button"
      onClick={() => void put({ frozen: !frozen }, frozen ? 'The clock runs.' : 'The clock is frozen.')}
    >
      {frozen ? 'Run' : 'Freeze'}
    </button>
    {STEPS.map(([label, ms]) => (
      <button
        key={label}
        type="button"
        class="button"
        onClick={() => void put({ advance: ms }, `Advanced by ${label}.`)}
      >
        + {label}
      </button>
    ))}
  </div>
)

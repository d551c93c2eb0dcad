import type { Pack } from '../control/types.ts'

const PACKS: readonly Pack[] = ['default', 'empty', 'one', 'many', 'long-text', 'unicode', 'bare']

interface PackSelectProps {
  readonly pack: Pack
  readonly onChoose: (pack: Pack) => void
}

/** A choice of seed data. */
export const PackSelect = ({ pack, onChoose }: PackSelectProps) => (
  <select
    aria-label="Pack of seed data"
    value={pack}
    onChange={(event) => onChoose(PACKS.find((one) => one === event.currentTarget.value) ?? 'default')}
  >
    {PACKS.map((name) => (
      <option key={name} value={name}>
        {name}
      </option>
    ))}
  </select>
)

import { useState } from 'preact/hooks'
import { applyTheme, readTheme, THEMES } from './theme.ts'

/** Light, dark, or as the operating system has it. */
export function ThemeSelect() {
  const [theme, set] = useState(readTheme())
  const choose = (name: string) => {
    const next = THEMES.find((one) => one === name) ?? 'system'
    applyTheme(next)
    set(next)
  }
  return (
    <label class="choice">
      <span>Theme</span>
      <select value={theme} onChange={(event) => choose(event.currentTarget.value)}>
        {THEMES.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}

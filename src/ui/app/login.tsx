import { useState } from 'preact/hooks'
import { useCell } from '../parts/use-cell.ts'
import { useApp } from './app-context.ts'

/** Asks for the control plane's token. It is kept for this tab alone, and sent to this mock alone. */
export function Login() {
  const { token, login } = useApp()
  const used = useCell(token)
  const [text, setText] = useState(used)
  return (
    <form
      class="card login"
      aria-label="Log in"
      onSubmit={(event) => {
        event.preventDefault()
        login(text.trim())
      }}
    >
      <p>This mock was started with a token (--admin-token). Enter it to go on.</p>
      <div class="field">
        <label for="token">Token</label>
        <input
          id="token"
          type="password"
          autocomplete="off"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          {...(used !== '' && { 'aria-invalid': true, 'aria-describedby': 'token-error' })}
        />
        {used !== '' && (
          <span class="field-error" id="token-error" role="alert">
            <span aria-hidden="true">⚠ </span>The mock did not accept this token.
          </span>
        )}
      </div>
      <div class="actions">
        <button type="submit" class="button primary">
          Log in
        </button>
      </div>
    </form>
  )
}

import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from '@jest/globals'

const PATIENCE_MS = 20_000
const EVERY_MS = 20

/**
 * Expects that a page comes to show a value, which may be a matcher such as `expect.stringContaining('…')`: a page is drawn a
 * moment after what it shows has changed, so that a value that is read once may be the one before.
 */
export async function becomes(read: () => Promise<unknown>, expected: unknown): Promise<void> {
  const end = Date.now() + PATIENCE_MS
  for (;;) {
    const value = await read()
    try {
      expect(value).toEqual(expected)
      return
    } catch (mismatch) {
      if (Date.now() > end) throw mismatch
      await sleep(EVERY_MS)
    }
  }
}

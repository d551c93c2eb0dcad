import { expect, test } from '@jest/globals'
import type { StopSignal, Terminal } from '../output/terminal.ts'
import { stopSignal } from './stop.ts'

test('the first signal stops, and the second ends the process at once', () => {
  const listeners: ((signal: StopSignal) => void)[] = []
  const codes: number[] = []
  const stream = { write: () => {} }
  const terminal: Terminal = {
    out: stream,
    err: stream,
    pid: 1,
    keyboard: false,
    groups: true,
    onSignal: (listener) => void listeners.push(listener),
    exit: (code) => void codes.push(code),
  }
  const stop = stopSignal(terminal)
  for (const listener of listeners) listener('SIGHUP')
  expect([stop.aborted, codes]).toEqual([true, []])
  for (const listener of listeners) listener('SIGTERM')
  expect(codes).toEqual([143])
})

import type { Answer } from '../../../src/http/answers/answer.ts'
import { createOrderNames } from './order-names.ts'
import type { Step } from './step.ts'
import { openWire } from './wire.ts'

/** The answer to a step. */
export interface Reply {
  readonly answer: Answer | undefined
  /** The name of the order that it shows, if one was placed. */
  readonly order: string
  /** True if the step names an order whose id no path can have. */
  readonly isNameless?: true
}

/** Sends the steps of a session to one server. */
export interface Player {
  readonly play: (step: Step) => Promise<Reply>
  readonly close: () => void
}

export function createPlayer(url: string, patienceMs: number): Player {
  const { port, pathname } = new URL(url)
  const wire = openWire(Number(port), patienceMs)
  const orders = createOrderNames()
  return {
    play: async (step) => {
      const path = orders.pathOf(step)
      if (path === undefined) return { answer: undefined, order: '', isNameless: true }
      const answer = await wire.ask(bytesOf(step, pathname + path), step.method)
      return { answer, order: orders.note(step, answer) }
    },
    close: wire.close,
  }
}

const HOST = 'Host: 127.0.0.1\r\nUser-Agent: mutate\r\n'

function bytesOf({ method, headers, body }: Step, target: string): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const hasLength = body !== undefined || method === 'POST' || method === 'PUT'
  const length = hasLength ? `Content-Length: ${body?.length ?? 0}\r\n` : ''
  const head = Buffer.from(`${method} ${target} HTTP/1.1\r\n${HOST}${lines.join('')}${length}\r\n`, 'latin1')
  return body === undefined ? head : Buffer.concat([head, body])
}

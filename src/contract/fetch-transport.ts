import type { Request } from './interaction.ts'
import type { Fetch, Sent, Transport } from './transport.ts'

/** Sends by a `fetch`, such as that of a mock in this process. */
export function openFetchTransport(fetch: Fetch, baseUrl: string, timeoutMs: number): Transport {
  return { send: (request) => sendBy(fetch, baseUrl, timeoutMs, request), close: () => {} }
}

async function sendBy(fetch: Fetch, baseUrl: string, timeoutMs: number, request: Request): Promise<Sent> {
  const { method, path, headers, body } = request
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    const init = { method, headers, redirect: 'manual', signal, ...(body && { body: new Uint8Array(body) }) } as const
    const response = await fetch(baseUrl + path, init)
    const bytes = Buffer.from(await response.arrayBuffer())
    return { answer: { status: response.status, headers: Object.fromEntries(response.headers), bytes }, failure: '' }
  } catch (error) {
    const failure = signal.aborted ? `no answer within ${timeoutMs} ms` : (error as Error).message
    return { answer: undefined, failure }
  }
}

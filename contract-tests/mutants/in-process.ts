import type { Fetch } from '../../src/http/transport/transport.ts'
import type { Application } from './server/application.ts'

const BASE_PATH = '/v2'

/** A clock by which the suite waits a fiftieth of its time: for another writer, or for a write that is done or undone later. */
export const fastClock = () => performance.now() * 50

/** The options of a run that asks the server without sockets, and hardly waits. */
export const inProcess = (application: Application) => ({
  baseUrl: `http://localhost${BASE_PATH}`,
  fetch: fetchOf(application),
  now: fastClock,
})

/** A `fetch` that asks the server without sockets: a run takes a third of the time. Delays and pieces are left out. */
export function fetchOf({ answer }: Application): Fetch {
  return async (url, { method = 'GET', headers = {}, body }) => {
    const [path = '', ...query] = url.slice(url.indexOf(BASE_PATH) + BASE_PATH.length).split('?')
    const given = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)])
    const bytes = body instanceof Uint8Array ? Buffer.from(body) : Buffer.alloc(0)
    const came = answer({ method, path, query: query.join('?'), headers: Object.fromEntries(given), body: bytes })
    if (came.cut) throw new TypeError('The connection was cut.')
    const isEmpty = method === 'HEAD' || came.status === 204 || came.status === 304
    const content = came.late?.() ?? came.body
    const length = came.status === 204 ? {} : { 'Content-Length': String(content.length) }
    return new Response(isEmpty ? null : new Uint8Array(content), {
      status: came.status,
      headers: { ...length, ...came.headers },
    })
  }
}

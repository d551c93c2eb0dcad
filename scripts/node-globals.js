import timers from 'node:timers'
import { transferableAbortController } from 'node:util'

// Put into the bundles for Node in place of the globals of these names. Environments of test runners, such as jest's jsdom,
// lack some of them or have others: URL without canParse, timers that are numbers, abort signals that Node does not take.
// A start must not get slower: modules that take milliseconds to load (streams of the web: 4) are loaded at the first use.
export { atob, btoa } from 'node:buffer'
export { URL, URLSearchParams } from 'node:url'
export { TextDecoder, TextEncoder } from 'node:util'

// Taken when the bundle is loaded: fake timers change the module too.
export const { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate } = timers

// No module exports the classes themselves.
export const AbortSignal = /* @__PURE__ */ lookUp(() => transferableAbortController().signal.constructor)
export function AbortController() {
  return transferableAbortController()
}

export const ReadableStream = /* @__PURE__ */ lookUp(
  () => globalThis.ReadableStream ?? require('node:stream/web').ReadableStream,
)

// No module exports these at all.
export const Request = /* @__PURE__ */ lookUp(() => globalThis.Request ?? missing())
export const Response = /* @__PURE__ */ lookUp(() => globalThis.Response ?? missing())

function missing() {
  throw new TypeError(
    'mock.fetch needs the globals Request and Response, which this environment does not have. Use mock.listen() in it.',
  )
}

/** As the global does, for values without a transfer list. */
export function structuredClone(value) {
  if (globalThis.structuredClone) return globalThis.structuredClone(value)
  const { deserialize, serialize } = require('node:v8')
  return deserialize(serialize(value))
}

/** A class that is looked up at each use, as others may be put in its place. */
function lookUp(find) {
  return new Proxy(function global() {}, {
    construct: (_target, given) => Reflect.construct(find(), given),
    get: (_target, key) => (key === Symbol.hasInstance ? (value) => value instanceof find() : Reflect.get(find(), key)),
  })
}

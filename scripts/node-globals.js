import { performance as ownPerformance } from 'node:perf_hooks'
import timers from 'node:timers'
import { transferableAbortController } from 'node:util'
import { deserialize, serialize } from 'node:v8'

// Put into the bundles for Node in place of the globals of these names. Environments of test runners, such as jest's jsdom,
// lack some of them or have others: URL without canParse, timers that are numbers, abort signals that Node does not take.
export { atob, btoa } from 'node:buffer'
export { ReadableStream } from 'node:stream/web'
export { URL, URLSearchParams } from 'node:url'
export { TextDecoder, TextEncoder } from 'node:util'

// Taken when the bundle is loaded: fake timers change the module too.
export const { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate } = timers
export const performance = ownPerformance

/** No module exports these classes themselves. */
export const AbortSignal = /* @__PURE__ */ signalClass()
export function AbortController() {
  return transferableAbortController()
}

function signalClass() {
  return transferableAbortController().signal.constructor
}

/** No module exports these. They are looked up at each use, as others may be put in their place. */
export const Request = /* @__PURE__ */ lookUp('Request')
export const Response = /* @__PURE__ */ lookUp('Response')

function lookUp(name) {
  return new Proxy(function global() {}, {
    construct: (_target, given) => Reflect.construct(needed(name), given),
    get: (_target, key) =>
      key === Symbol.hasInstance ? (value) => value instanceof needed(name) : Reflect.get(needed(name), key),
  })
}

function needed(name) {
  if (globalThis[name]) return globalThis[name]
  throw new TypeError(
    'mock.fetch needs the globals Request and Response, which this environment does not have. Use mock.listen() in it.',
  )
}

/** As the global does, for values without a transfer list. */
export function structuredClone(value) {
  return deserialize(serialize(value))
}

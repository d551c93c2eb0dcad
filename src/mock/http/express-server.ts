import { createServer, IncomingMessage, type RequestListener, type Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Express } from 'express'
import { afterAnswers } from './after-answers.ts'
import { createHostRefusal, type OnRefused } from './malformed.ts'

/**
 * A server, not yet listening, that answers as `createServer(app)` does at a third of the CPU time on Node 20 and 22, and
 * leaves to the app what Node would answer by itself without a word: CONNECT, and an Expect that nobody knows.
 *
 * Express 5.3.0 replaces the prototype of each request and response (`app.handle` in lib/application.js), which makes
 * V8 drop what it has learned about their shape. Here they are made with Express's prototypes, so that the replacement
 * finds nothing to change. GET by id takes 0.33 / 0.31 / 0.84 / 0.83 of the CPU time without this on Node 20 / 22 / 24 / 26
 * (`npm run bench:devices`). To go back: `return createServer(app)`.
 */
export function createExpressServer(app: Express, onRefused?: OnRefused): Server {
  const AppResponse = withPrototype(ServerResponse, app.response)
  const refuseHost = createHostRefusal(onRefused)
  const serve: RequestListener = (req, res) => {
    req.url = asPath(req.url)
    if (!refuseHost(req, res)) app(req, res)
  }
  const options = {
    IncomingMessage: withPrototype(IncomingMessage, app.request),
    ServerResponse: AppResponse,
    requireHostHeader: false,
  }
  return createServer(options, serve)
    .on('checkExpectation', serve)
    .on('connect', (req, socket: Socket) => inTurn(socket, () => serve(req, responseOn(socket, new AppResponse(req)))))
}

/** Express passes over a target in which it finds no path, such as that of CONNECT; here it is the path. */
function asPath(target = ''): string {
  const hasPath = target.startsWith('/') || (/^https?:/i.test(target) && URL.canParse(target))
  return hasPath ? target : `/${target}`
}

/**
 * Node lets go of the connection of a CONNECT at once: an error of it is nobody's, and answers to requests that were sent before
 * it on the same connection may still be on their way.
 */
function inTurn(socket: Socket, answer: () => void): void {
  socket.on('error', () => socket.destroy())
  afterAnswers(socket, answer)
}

/** The connection ends with the answer to a CONNECT. */
function responseOn(socket: Socket, res: ServerResponse): ServerResponse {
  res.assignSocket(socket)
  res.shouldKeepAlive = false
  return res.on('finish', () => socket.end())
}

type Constructor = new (...args: never) => object

/**
 * Constructs as `base` does, on a prototype that exists already, which a class cannot be given. Node's constructors are
 * functions that can be applied; `Reflect.construct` would do too, and costs more than is gained. A constructor that
 * inherits from `base`, as a class would, lets V8 foresee how many fields it will set: without that, each object ends as
 * a dictionary, and a request takes a quarter longer.
 */
function withPrototype<Base extends Constructor>(base: Base, prototype: object): Base {
  function Derived(this: object, ...args: unknown[]): void {
    Reflect.apply(base, this, args)
  }
  Derived.prototype = prototype
  Object.setPrototypeOf(Derived, base)
  return Derived as unknown as Base
}

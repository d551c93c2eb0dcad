import { Refusal, type Violation, XML_TYPE } from '../mutants/server/handling.ts'
import type { Seams } from '../mutants/server/seams.ts'

/** A fault in an operation that no scenario names, and the check that must catch it. */
export interface AddedFault {
  readonly what: string
  readonly operation: string
  readonly check: string
  readonly seams: Seams
}

/** The server overlooks breaches at these places. */
const overlooks = (isOverlooked: (violation: Violation) => boolean): Seams => ({
  violations: (_exchange, next) => next().filter((violation) => !isOverlooked(violation)),
})

const overlooksAt = (pointer: string): Seams => overlooks((violation) => violation.pointer === pointer)

export const ADDED_FAULTS: readonly AddedFault[] = [
  {
    what: 'the success has another status',
    operation: 'createInbox',
    check: 'status',
    seams: { reply: (_exchange, next) => ({ ...next(), status: 200 }) },
  },
  {
    what: 'a record that was created is not found',
    operation: 'getInbox',
    check: 'status',
    seams: {
      reply: () => {
        throw new Refusal(404, 'Inbox not found')
      },
    },
  },
  {
    what: 'what is required alone is refused',
    operation: 'replaceInbox',
    check: 'status',
    seams: {
      reply: ({ input }, next) => {
        if (Object(input.body).labels === undefined) throw new Refusal(400, 'labels are missing')
        return next()
      },
    },
  },
  {
    what: 'a documented media type of the request is refused',
    operation: 'createInbox',
    check: 'status',
    seams: {
      body: ({ request }, next) => {
        if (request.headers['content-type'] === XML_TYPE) throw new Refusal(415, 'Send JSON')
        return next()
      },
    },
  },
  {
    what: 'a field of the reply has another type',
    operation: 'getInbox',
    check: 'body-schema',
    seams: { value: (_exchange, next) => ({ ...Object(next()), isShared: 'yes' }) },
  },
  {
    what: 'the reply lacks a required field',
    operation: 'createInbox',
    check: 'body-schema',
    seams: { value: (_exchange, next) => ({ ...Object(next()), name: undefined }) },
  },
  {
    what: 'a nested field of a list has another type',
    operation: 'listInboxes',
    check: 'body-schema',
    seams: {
      value: (_exchange, next) => [next()].flat().map((item) => ({ ...Object(item), owner: { email: 7 } })),
    },
  },
  {
    what: 'a documented header is missing',
    operation: 'getInbox',
    check: 'headers',
    seams: { reply: (_exchange, next) => ({ ...next(), headers: {} }) },
  },
  {
    what: 'the reply has an undocumented media type',
    operation: 'listInboxes',
    check: 'content-type',
    seams: {
      answer: (_exchange, next) => {
        const answer = next()
        return { ...answer, headers: { ...answer.headers, 'Content-Type': 'text/html' } }
      },
    },
  },
  {
    what: 'the reply is cut',
    operation: 'getInbox',
    check: 'well-formed',
    seams: { text: (_exchange, next) => next().slice(0, -1) },
  },
  {
    what: 'Accept is ignored',
    operation: 'getInbox',
    check: 'accept',
    seams: { type: () => 'application/json' },
  },
  {
    what: 'an Accept that cannot be met makes the server fail',
    operation: 'listInboxes',
    check: 'server-error',
    seams: {
      type: ({ request }, next) => {
        if (request.headers.accept?.startsWith('image/')) throw new Error('no writer')
        return next()
      },
    },
  },
  {
    what: 'the XML has another root',
    operation: 'getInbox',
    check: 'xml-root',
    seams: {
      text: ({ type }, next) => (type === XML_TYPE ? next().replaceAll('Mailbox>', 'Inbox>') : next()),
    },
  },
  {
    what: 'the key is ignored',
    operation: 'createInbox',
    check: 'authentication',
    seams: { authenticated: () => true },
  },
  {
    what: 'any key is accepted',
    operation: 'deleteInbox',
    check: 'authentication',
    seams: { authenticated: ({ request }) => Boolean(request.headers.api_key) },
  },
  {
    what: 'the key is also taken from the query',
    operation: 'listInboxes',
    check: 'authentication',
    seams: { authenticated: ({ request }, next) => next() || request.query.includes('api_key=special-key') },
  },
  {
    what: 'a path parameter may have letters after its digits',
    operation: 'getInbox',
    check: 'refusal',
    seams: {
      violations: ({ input }, next) => {
        input.parameter = String(Number.parseInt(input.parameter, 10))
        return next().filter(({ place }) => place !== 'path')
      },
    },
  },
  {
    what: 'a query parameter may have any type',
    operation: 'listInboxes',
    check: 'refusal',
    seams: overlooksAt('/limit'),
  },
  {
    what: 'an item of a list in the query may be outside its enum',
    operation: 'listInboxes',
    check: 'refusal',
    seams: overlooksAt('/state'),
  },
  {
    what: 'a header may have any type',
    operation: 'listInboxes',
    check: 'refusal',
    seams: overlooksAt('/X-Page'),
  },
  { what: 'a required field may be missing', operation: 'createInbox', check: 'refusal', seams: overlooksAt('/name') },
  {
    what: 'a nested field may have any type',
    operation: 'replaceInbox',
    check: 'refusal',
    seams: overlooksAt('/owner/level'),
  },
  {
    what: 'an item of a list may have any type',
    operation: 'createInbox',
    check: 'refusal',
    seams: overlooks(({ pointer }) => /^\/labels\/\d/.test(pointer)),
  },
  {
    what: 'a body that is no JSON is taken for an empty one',
    operation: 'createInbox',
    check: 'refusal',
    seams: {
      body: (_exchange, next) => {
        try {
          return next()
        } catch {
          return { name: `unread ${Math.random()}` }
        }
      },
    },
  },
  {
    what: 'a wrong type makes the server fail',
    operation: 'replaceInbox',
    check: 'server-error',
    seams: {
      violations: ({ input }, next) => {
        if (Object(input.body).state === null) throw new Error('no state')
        return next()
      },
    },
  },
  {
    what: 'a missing record is found',
    operation: 'getInbox',
    check: 'existence',
    seams: {
      reply: ({ input }, next) =>
        Number(input.parameter) > 1000 ? { status: 200, value: { name: 'none' }, headers: { 'X-Quota': '7' } } : next(),
    },
  },
  {
    what: 'a deletion is not done',
    operation: 'deleteInbox',
    check: 'existence',
    seams: { reply: () => ({ status: 204 }) },
  },
]

import { withHeaders } from '../alter.ts'
import { type Answer, type Handling, Refusal } from '../server/handling.ts'
import type { Seams } from '../server/seams.ts'
import type { Variant } from '../variant.ts'

const EMPTY: Answer = { status: 204, headers: {}, body: Buffer.alloc(0) }

/** Answers some requests before anything else looks at them. */
const answering = (change: (handling: Handling) => Partial<Answer> | undefined) => (): Seams => ({
  answer: (handling, next) => {
    const answer = change(handling)
    return answer ? { ...EMPTY, ...answer } : next()
  },
})

const isMethod =
  (...methods: readonly string[]) =>
  ({ request }: Handling) =>
    methods.includes(request.method)

/** Refuses some requests with a status, and with Allow if it is a 405. */
const refusing = (isRefused: (handling: Handling) => boolean, status: number) =>
  answering((handling) => (isRefused(handling) ? { status, headers: allowIn(handling, status) } : undefined))

const allowIn = ({ match, request }: Handling, status: number) =>
  status === 405 ? { Allow: (match.allowed ?? []).filter((name) => name !== request.method).join(', ') } : {}

const isUnknownMethod = ({ match, request }: Handling) =>
  match.allowed !== undefined && match.operation === undefined && request.method !== 'OPTIONS'

/** Other answers to methods that the document does not name. "405 or 501; a refused HEAD is one advice." */
export const methodVariants: readonly Variant[] = [
  {
    id: 'options-by-framework',
    summary: 'The framework answers OPTIONS by itself: 200, Allow and its text, without a key.',
    seams: answering(({ match, request }) => {
      const allow = (match.allowed ?? []).filter((name) => name !== 'OPTIONS').join(',')
      if (request.method !== 'OPTIONS' || !match.allowed) return undefined
      return { status: 200, headers: { Allow: allow, 'Content-Type': 'text/html' }, body: Buffer.from(allow) }
    }),
  },
  {
    id: 'options-as-preflight',
    summary: 'OPTIONS is a preflight for every path: 204 without Allow.',
    seams: answering((handling) =>
      isMethod('OPTIONS')(handling) ? { headers: { 'Access-Control-Allow-Origin': '*' } } : undefined,
    ),
  },
  {
    id: 'templates-match-fixed-paths',
    summary: 'The router takes the words of fixed paths for ids: a form for them is refused as its operation says.',
    seams: answering(({ request }) => {
      const isTaken = request.method === 'POST' && /^\/pet\/findBy/.test(request.path)
      if (request.method === 'OPTIONS' && request.path.startsWith('/pet/findBy'))
        return { status: 200, headers: { Allow: 'DELETE, GET, HEAD, POST' } }
      return isTaken ? { status: 405 } : undefined
    }),
  },
  { id: 'options-not-found', summary: 'OPTIONS is answered with 404.', seams: refusing(isMethod('OPTIONS'), 404) },
  { id: 'options-unknown', summary: 'OPTIONS is not implemented: 501.', seams: refusing(isMethod('OPTIONS'), 501) },
  { id: 'options-with-key', summary: 'OPTIONS asks for a key.', seams: refusing(isMethod('OPTIONS'), 401) },
  { id: 'head-refused', summary: 'HEAD is refused with 405.', seams: refusing(isMethod('HEAD'), 405) },
  { id: 'head-unknown', summary: 'HEAD is not implemented: 501.', seams: refusing(isMethod('HEAD'), 501) },
  {
    id: 'head-without-length',
    summary: 'HEAD has neither a length nor a media type.',
    seams: () => ({
      answer: (handling, next) => {
        const answer = next()
        if (handling.request.method !== 'HEAD') return answer
        return { ...answer, chunked: true, headers: withHeaders(answer, { 'Content-Type': undefined }) }
      },
    }),
  },
  {
    id: 'unknown-methods-not-implemented',
    summary: 'Methods that a path does not have are not implemented: 501.',
    seams: refusing(isUnknownMethod, 501),
    otherwise: ['a wrong method'],
  },
  {
    id: 'wrong-method-is-400',
    summary: 'A method that a path does not have is a bad request.',
    seams: refusing(isUnknownMethod, 400),
    otherwise: ['a wrong method'],
  },
  {
    id: 'unknown-path-asks-for-key',
    summary: 'A path that nobody has asks for a key, or forbids.',
    seams: () => ({
      match: (_handling, next) => {
        const match = next()
        if (match.allowed === undefined) throw new Refusal(403, 'Not for you.')
        return match
      },
    }),
  },
]

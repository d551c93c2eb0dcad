import { crash, success, withHeaders } from '../alter.ts'
import { inArea } from '../fault.ts'
import { type Answer, type Handling, JSON_TYPE } from '../server/handling.ts'
import type { Seams } from '../server/seams.ts'

/** Changes the answers to some requests. */
const answering =
  (
    isMeant: (handling: Handling, answer: Answer) => boolean,
    change: (answer: Answer, handling: Handling) => Partial<Answer>,
  ) =>
  (): Seams => ({
    answer: (handling, next) => {
      const answer = next()
      return isMeant(handling, answer) ? { ...answer, ...change(answer, handling) } : answer
    },
  })

const isMethod = (method: string) => (handling: Handling) => handling.request.method === method
const isWrongMethod = ({ match }: Handling, { status }: Answer) => status === 405 && match.operation === undefined

const allowing = (allow: (allowed: readonly string[]) => readonly string[] | undefined) =>
  answering(isWrongMethod, (answer, { match }) => ({
    headers: withHeaders(answer, { Allow: allow(match.allowed ?? [])?.join(', ') }),
  }))

/** Breaches of HTTP itself. */
export const httpFaults = inArea('http', [
  {
    id: 'options-fails',
    operation: 'any',
    summary: 'OPTIONS gives 500.',
    seams: crash(isMethod('OPTIONS')),
    witness: async ({ send }) => (await send('OPTIONS', '/pet/1')).status === 500,
  },
  {
    id: 'preflight-fails',
    operation: 'any',
    summary: 'A preflight gives 500.',
    seams: crash(({ request }) => request.headers['access-control-request-method'] !== undefined),
    witness: async ({ send }) =>
      (await send('OPTIONS', '/pet/1', { headers: { 'access-control-request-method': 'GET' } })).status === 500,
  },
  {
    id: 'patch-on-pet-succeeds',
    operation: 'any',
    summary: 'PATCH, which no path has, succeeds on a pet.',
    seams: answering(
      ({ request }, answer) => request.method === 'PATCH' && request.path.startsWith('/pet/') && answer.status === 405,
      () => ({ status: 200, body: Buffer.alloc(0) }),
    ),
    witness: async ({ send }) => (await send('PATCH', '/pet/1')).status === 200,
  },
  {
    id: 'patch-works-as-put',
    operation: 'any',
    summary: 'PATCH does as PUT, where a path has that.',
    seams: () => ({
      answer: (handling, next) => {
        const { request } = handling
        if (request.method === 'PATCH' && /^\/(domain$|user\/)/.test(request.path))
          handling.request = { ...request, method: 'PUT' }
        return next()
      },
    }),
    witness: async ({ send }) =>
      (await send('PATCH', '/user/user1', { type: JSON_TYPE, body: '{"username":"user1"}' })).status === 200,
  },
  {
    id: 'put-on-order-succeeds',
    operation: 'any',
    summary: 'PUT, which an order does not have, succeeds.',
    seams: answering(
      ({ request }) => request.method === 'PUT' && request.path.startsWith('/store/order/'),
      () => ({ status: 200, body: Buffer.alloc(0) }),
    ),
    witness: async ({ send }) => (await send('PUT', '/store/order/1')).status === 200,
  },
  {
    id: 'post-on-inventory-is-get',
    operation: 'any',
    summary: 'POST on the inventory answers as GET.',
    seams: () => ({
      answer: (handling, next) => {
        const { method, path } = handling.request
        if (method === 'POST' && path === '/store/inventory') handling.request = { ...handling.request, method: 'GET' }
        return next()
      },
    }),
    witness: async ({ send }) => (await send('POST', '/store/inventory')).status === 200,
  },
  {
    id: 'wrong-method-fails',
    operation: 'any',
    summary: 'A method that a path does not have gives 500.',
    seams: crash(({ match, request }) => match.operation === undefined && request.method !== 'OPTIONS'),
    witness: async ({ send }) => (await send('DELETE', '/domain')).status === 500,
  },
  {
    id: 'delete-on-user-fails-in-list',
    operation: 'any',
    summary: 'DELETE on the list of users, which has none, gives 500.',
    seams: crash(({ request }) => request.method === 'DELETE' && request.path === '/user/createWithList'),
    witness: async ({ send }) => (await send('DELETE', '/user/createWithList')).status === 500,
  },
  {
    id: 'allow-missing',
    operation: 'any',
    summary: 'A 405 comes without Allow.',
    seams: allowing(() => undefined),
    witness: async ({ send }) => !('allow' in (await send('PATCH', '/domain')).headers),
  },
  {
    id: 'allow-names-refused-method',
    operation: 'any',
    summary: 'Allow names the method that was just refused.',
    seams: answering(isWrongMethod, (answer, { request, match }) => ({
      headers: withHeaders(answer, { Allow: [...(match.allowed ?? []), request.method].join(', ') }),
    })),
    witness: async ({ send }) => /PATCH/.test(String((await send('PATCH', '/domain')).headers.allow)),
  },
  {
    id: 'allow-forgets-method',
    operation: 'any',
    summary: 'Allow leaves out a method that works.',
    seams: allowing((allowed) => allowed.slice(1)),
    witness: async ({ send }) => !/POST/.test(String((await send('PATCH', '/domain')).headers.allow)),
  },
  {
    id: 'head-is-404',
    operation: ['getPetById', 'getInventory', 'getUserByName', 'getOrderById', 'findPetsByStatus', 'findPetsByTags'],
    summary: 'HEAD does not find what GET finds.',
    seams: answering(isMethod('HEAD'), () => ({ status: 404 })),
    witness: async ({ send }) => (await send('HEAD', '/pet/1')).status === 404,
  },
  {
    id: 'head-of-missing-is-200',
    operation: 'getUserByName',
    summary: 'HEAD finds what GET does not.',
    seams: answering(isMethod('HEAD'), () => ({ status: 200 })),
    witness: async ({ send }) => (await send('HEAD', '/user/nobody')).status === 200,
  },
  {
    id: 'head-fails',
    operation: 'getOrderById',
    summary: 'HEAD gives 500.',
    seams: crash(isMethod('HEAD')),
    witness: async ({ send }) => (await send('HEAD', '/store/order/1')).status === 500,
  },
  {
    id: 'head-length-is-zero',
    operation: 'getInventory',
    summary: 'HEAD says that the body has no bytes, GET sends some.',
    seams: answering(isMethod('HEAD'), (answer) => ({ headers: withHeaders(answer, { 'Content-Length': '0' }) })),
    witness: async ({ send }) => (await send('HEAD', '/store/inventory')).headers['content-length'] === '0',
  },
  {
    id: 'head-has-other-type',
    operation: 'getPetById',
    summary: 'HEAD names another media type than GET.',
    seams: answering(isMethod('HEAD'), (answer) => ({ headers: withHeaders(answer, { 'Content-Type': 'text/html' }) })),
    witness: async ({ send }) => (await send('HEAD', '/pet/1')).headers['content-type'] === 'text/html',
  },
  {
    id: 'connection-cut',
    operation: 'getInventory',
    summary: 'The connection ends without an answer.',
    seams: success(() => ({ cut: true })),
    witness: async ({ get }) => (await get('/store/inventory')).status === 0,
  },
  {
    id: 'body-cut',
    operation: 'findPetsByStatus',
    summary: 'Only half of the body is sent, and said to be whole.',
    seams: success(({ body }) => ({ body: body.subarray(0, body.length / 2) })),
    witness: async ({ get }) => (await get('/pet/findByStatus?status=sold')).value === undefined,
  },
  {
    id: 'body-doubled',
    operation: 'getOrderById',
    summary: 'The body is sent twice in one answer.',
    seams: success(({ body }) => ({ body: Buffer.concat([body, body]) })),
    witness: async ({ get }) => (await get('/store/order/1')).value === undefined,
  },
  {
    id: 'encoding-named-not-applied',
    operation: 'getUserByName',
    summary: 'Content-Encoding says gzip, the bytes are plain.',
    seams: success((answer) => ({ headers: withHeaders(answer, { 'Content-Encoding': 'gzip' }) })),
    witness: async ({ get }) => {
      const { headers, text } = await get('/user/user1')
      return headers['content-encoding'] === 'gzip' && text.startsWith('{')
    },
  },
])

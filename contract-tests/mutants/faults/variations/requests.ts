import { gzipSync } from 'node:zlib'
import { refuse, withHeaders } from '../../alter.ts'
import type { Client } from '../../client.ts'
import type { FaultRow } from '../../fault.ts'
import { JSON_TYPE, Refusal } from '../../server/handling.ts'
import type { Seams } from '../../server/seams.ts'

/** Refuses a body by its headers, before it is read. */
const refuseBody = (isRefused: (headers: Readonly<Record<string, string>>) => boolean) => (): Seams => ({
  body: ({ request }, next) => {
    if (isRefused(request.headers)) throw new Refusal(415, 'Not so.')
    return next()
  },
})

const accepts = async ({ send }: Client, accept: string) => (await send('GET', '/user/user1', { accept })).headers

export const askingFaults: readonly FaultRow[] = [
  {
    id: 'quality-of-zero-ignored',
    operation: 'getUserByName',
    summary: 'A media type of quality 0 is given all the same.',
    seams: () => ({
      type: ({ request }, next) => (request.headers.accept?.includes('json;q=0') ? JSON_TYPE : next()),
    }),
    witness: async (client) =>
      (await accepts(client, 'application/xml, application/json;q=0'))['content-type'] === JSON_TYPE,
  },
  {
    id: 'accept-in-capitals-refused',
    operation: 'getPetById',
    summary: 'A media type in capitals is not acceptable.',
    seams: () => ({
      type: ({ request }, next) => (/[A-Z]/.test(request.headers.accept ?? '') ? undefined : next()),
    }),
    witness: async ({ get }) => (await get('/pet/1', { accept: 'APPLICATION/JSON' })).status === 406,
  },
]

/** Rules of choice among media types that are all acceptable. */
export const preferenceFaults: readonly FaultRow[] = [
  {
    id: 'quality-ignored',
    operation: 'getUserByName',
    summary: 'Of two media types with qualities the first one is given.',
    seams: () => ({
      type: ({ request }, next) =>
        /^application\/json;q=0\.[1-9]/.test(request.headers.accept ?? '') ? JSON_TYPE : next(),
    }),
    witness: async (client) =>
      (await accepts(client, 'application/json;q=0.1, application/xml;q=0.9'))['content-type'] === JSON_TYPE,
  },
  {
    id: 'quality-of-three-digits-ignored',
    operation: 'getUserByName',
    summary: 'A quality of more than one digit after the point is read as 1.',
    seams: () => ({
      type: ({ request }, next) =>
        /^application\/json;q=0\.\d{2,}/.test(request.headers.accept ?? '') ? JSON_TYPE : next(),
    }),
    witness: async (client) =>
      (await accepts(client, 'application/json;q=0.125, application/xml;q=0.875'))['content-type'] === JSON_TYPE,
  },
]

export const sendingFaults: readonly FaultRow[] = [
  {
    id: 'media-type-in-capitals-refused',
    operation: 'createUser',
    summary: 'A media type in capitals is refused.',
    seams: refuseBody((headers) => /^APPLICATION/.test(headers['content-type'] ?? '')),
    witness: async ({ send }) =>
      (await send('POST', '/user', { type: 'APPLICATION/JSON', json: { username: 'a' } })).status === 415,
  },
  {
    id: 'charset-between-quotes-refused',
    operation: 'updateUser',
    summary: 'A charset between quotes is refused.',
    seams: refuseBody((headers) => /charset="/.test(headers['content-type'] ?? '')),
    witness: async ({ send }) =>
      (await send('PUT', '/user/user1', { type: 'application/json; charset="utf-8"', json: { username: 'user1' } }))
        .status === 415,
  },
  {
    id: 'boundary-between-quotes-refused',
    operation: 'uploadFile',
    summary: 'A boundary between quotes is refused.',
    seams: refuseBody((headers) => /boundary="/.test(headers['content-type'] ?? '')),
    witness: async ({ send }) =>
      (await send('POST', '/pet/1/uploadImage', { type: 'multipart/form-data; boundary="b"', body: '--b--' }))
        .status === 415,
  },
  {
    id: 'body-in-chunks-refused',
    operation: 'updateUser',
    summary: 'A body without a length is refused.',
    seams: refuseBody((headers) => headers['transfer-encoding'] === 'chunked'),
    witness: async ({ send }) => {
      const headers = { 'transfer-encoding': 'chunked' }
      return (await send('PUT', '/user/user1', { json: { username: 'user1' }, headers, chunked: true })).status === 415
    },
  },
  {
    id: 'form-of-escapes-refused',
    operation: 'updatePetWithForm',
    summary: 'A form whose names are escaped is refused.',
    seams: refuse(({ request }) => request.body.includes('%6e')),
    witness: async ({ form }) => (await form('/pet/1', '%6eame=a')).status === 405,
  },
]

export const httpFaults: readonly FaultRow[] = [
  {
    id: 'date-malformed',
    operation: 'any',
    summary: 'Date is in the form of ISO 8601.',
    seams: () => ({
      answer: (_handling, next) => {
        const answer = next()
        return { ...answer, undated: true, headers: withHeaders(answer, { Date: '2030-01-02T03:04:05Z' }) }
      },
    }),
    witness: async ({ get }) => /^\d{4}-/.test(String((await get('/store/inventory')).headers.date)),
  },
  {
    id: 'compressed-though-refused',
    operation: 'findPetsByStatus',
    summary: 'A list is compressed for everybody.',
    seams: () => ({
      answer: (_handling, next) => {
        const answer = next()
        return answer.status === 200
          ? { ...answer, body: gzipSync(answer.body), headers: { ...answer.headers, 'Content-Encoding': 'gzip' } }
          : answer
      },
    }),
    witness: async ({ get }) => {
      const headers = { 'accept-encoding': 'identity' }
      return (await get('/pet/findByStatus?status=sold', { headers })).headers['content-encoding'] === 'gzip'
    },
  },
  {
    id: 'error-tells-key',
    operation: 'any',
    summary: 'An error says which key the server knows.',
    seams: () => ({
      answer: ({ key }, next) => {
        const answer = next()
        return answer.status === 404 ? { ...answer, body: Buffer.from(`{"config":{"api_key":"${key}"}}`) } : answer
      },
    }),
    witness: async ({ get }) => (await get('/pet/987654')).text.includes('special-key'),
  },
]

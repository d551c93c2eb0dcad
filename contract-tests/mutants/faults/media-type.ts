import { headers, success } from '../alter.ts'
import { inArea } from '../fault.ts'
import { type Handling, JSON_TYPE, XML_TYPE } from '../server/handling.ts'
import type { Seams } from '../server/seams.ts'

const alwaysIn = (type: typeof JSON_TYPE | typeof XML_TYPE) => () => ({ type: () => type })
const isXml = ({ type }: Handling) => type === XML_TYPE

/** Bytes of JSON replies in another encoding. */
const encoded = (encode: (text: string) => Buffer) =>
  success(({ body }, { type }) => (type === JSON_TYPE ? { body: encode(body.toString('utf8')) } : {}))

const notAcceptable =
  (isRefused: (accept: string) => boolean): (() => Seams) =>
  () => ({ type: ({ request }, next) => (isRefused(request.headers.accept ?? '') ? undefined : next()) })

/** Media types, encodings, and what `Accept` asked for. */
export const mediaTypeFaults = inArea('media-type', [
  {
    id: 'accept-xml-ignored-for-pet',
    operation: 'getPetById',
    summary: 'A pet comes as JSON whatever Accept says.',
    seams: alwaysIn(JSON_TYPE),
    witness: async ({ getXml }) => (await getXml('/pet/1')).text.startsWith('{'),
  },
  {
    id: 'accept-xml-ignored-for-login',
    operation: 'loginUser',
    summary: 'The token comes as JSON whatever Accept says.',
    seams: alwaysIn(JSON_TYPE),
    witness: async ({ getXml }) => (await getXml('/user/login?username=new&password=a')).text.startsWith('"'),
  },
  {
    id: 'accept-xml-refused-for-order',
    operation: 'placeOrder',
    summary: 'A placed order is not to be had in XML.',
    seams: notAcceptable((accept) => accept === XML_TYPE),
    witness: async ({ send }) => (await send('POST', '/store/order', { json: {}, accept: XML_TYPE })).status === 406,
  },
  {
    id: 'accept-json-gets-xml',
    operation: 'findPetsByTags',
    summary: 'A list comes as XML whatever Accept says.',
    seams: alwaysIn(XML_TYPE),
    witness: async ({ get }) => (await get('/pet/findByTags?tags=tag1', { accept: JSON_TYPE })).text.startsWith('<'),
  },
  {
    id: 'any-type-refused',
    operation: ['getUserByName', 'getPetById'],
    summary: 'Accept: */* is refused with 406.',
    seams: notAcceptable((accept) => accept === '*/*'),
    witness: async ({ get }) => (await get('/pet/1', { accept: '*/*' })).status === 406,
  },
  {
    id: 'list-of-types-refused',
    operation: 'findPetsByStatus',
    summary: 'Accept with several types is refused though one fits.',
    seams: notAcceptable((accept) => accept.includes(',')),
    witness: async ({ get }) =>
      (await get('/pet/findByStatus?status=sold', { accept: 'application/json, text/plain, */*' })).status === 406,
  },
  {
    id: 'json-called-text',
    operation: 'getInventory',
    summary: 'JSON is sent as text/plain.',
    seams: headers({ 'Content-Type': 'text/plain' }),
    witness: async ({ get }) => (await get('/store/inventory')).headers['content-type'] === 'text/plain',
  },
  {
    id: 'json-called-html',
    operation: 'getUserByName',
    summary: 'JSON is sent as text/html.',
    seams: headers({ 'Content-Type': 'text/html; charset=utf-8' }),
    witness: async ({ get }) => /html/.test(String((await get('/user/user1')).headers['content-type'])),
  },
  {
    id: 'content-type-missing',
    operation: 'findPetsByStatus',
    summary: 'A list comes without a Content-Type.',
    seams: headers({ 'Content-Type': undefined }),
    witness: async ({ get }) => !('content-type' in (await get('/pet/findByStatus?status=sold')).headers),
  },
  {
    id: 'xml-called-json',
    operation: 'getOrderById',
    summary: 'XML is sent as application/json.',
    seams: headers({ 'Content-Type': JSON_TYPE }),
    witness: async ({ getXml }) => (await getXml('/store/order/1')).headers['content-type'] === JSON_TYPE,
  },
  {
    id: 'json-called-xml',
    operation: 'getOrderById',
    summary: 'JSON is sent as application/xml where XML was asked for.',
    seams: () => ({
      type: () => JSON_TYPE,
      answer: (handling, next) => {
        const answer = next()
        const isAsked = handling.request.headers.accept === XML_TYPE
        return isAsked ? { ...answer, headers: { ...answer.headers, 'Content-Type': XML_TYPE } } : answer
      },
    }),
    witness: async ({ getXml }) => (await getXml('/store/order/1')).text.startsWith('{'),
  },
  {
    id: 'content-type-of-upload-is-multipart',
    operation: 'uploadFile',
    summary: 'The reply to an upload has the media type of the request.',
    seams: success(({ headers: sent }, { request }) => ({
      headers: { ...sent, 'Content-Type': request.headers['content-type'] ?? 'multipart/form-data' },
    })),
    witness: async ({ send }) =>
      (await send('POST', '/pet/1/uploadImage')).headers['content-type'] === 'multipart/form-data',
  },
  {
    id: 'json-in-latin1',
    operation: 'getPetById',
    summary: 'JSON is encoded in ISO 8859-1.',
    seams: encoded((text) => Buffer.from(text, 'latin1')),
    witness: async ({ get }) => (await get('/pet/2')).text.includes('\uFFFD'),
  },
  {
    id: 'json-with-byte-order-mark',
    operation: 'findPetsByStatus',
    summary: 'JSON begins with a byte-order mark.',
    seams: encoded((text) => Buffer.from(`\uFEFF${text}`)),
    witness: async ({ get }) => (await get('/pet/findByStatus?status=sold')).bytes[0] === 0xef,
  },
  {
    id: 'json-in-utf16',
    operation: 'getInventory',
    summary: 'JSON is encoded in UTF-16.',
    seams: encoded((text) => Buffer.from(text, 'utf16le')),
    witness: async ({ get }) => (await get('/store/inventory')).bytes[1] === 0,
  },
  {
    id: 'latin1-declared-for-utf8',
    operation: 'getUserByName',
    summary: 'The declared charset is not that of the bytes.',
    seams: success(({ headers: sent }, handling) => ({
      headers: { ...sent, 'Content-Type': `${isXml(handling) ? XML_TYPE : JSON_TYPE}; charset=iso-8859-1` },
    })),
    witness: async ({ get }) => /8859/.test(String((await get('/user/user1')).headers['content-type'])),
  },
  {
    id: 'json-in-callback',
    operation: 'getInventory',
    summary: 'JSON is wrapped in a call, as for a script tag.',
    seams: encoded((text) => Buffer.from(`callback(${text})`)),
    witness: async ({ get }) => (await get('/store/inventory')).text.startsWith('callback('),
  },
])

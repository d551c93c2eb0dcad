import { headers, success } from '../alter.ts'
import { inArea } from '../fault.ts'
import { XML_TYPE } from '../server/handling.ts'

const LOGIN = '/user/login?username=new&password=a'

/** The headers that the document promises with a login. */
export const headerFaults = inArea('headers', [
  {
    id: 'expiry-missing',
    operation: 'loginUser',
    summary: 'X-Expires-After is not sent.',
    seams: headers({ 'X-Expires-After': undefined }),
    witness: async ({ get }) => !('x-expires-after' in (await get(LOGIN)).headers),
  },
  {
    id: 'rate-limit-missing',
    operation: 'loginUser',
    summary: 'X-Rate-Limit is not sent.',
    seams: headers({ 'X-Rate-Limit': undefined }),
    witness: async ({ get }) => !('x-rate-limit' in (await get(LOGIN)).headers),
  },
  {
    id: 'login-headers-missing-in-xml',
    operation: 'loginUser',
    summary: 'A login in XML has none of the headers.',
    seams: success(({ headers: { 'X-Rate-Limit': limit, 'X-Expires-After': expiry, ...others } }, { type }) =>
      type === XML_TYPE
        ? { headers: others }
        : { headers: { ...others, 'X-Rate-Limit': `${limit}`, 'X-Expires-After': `${expiry}` } },
    ),
    witness: async ({ getXml }) => !('x-rate-limit' in (await getXml(LOGIN)).headers),
  },
  {
    id: 'expiry-is-http-date',
    operation: 'loginUser',
    summary: 'X-Expires-After is an HTTP date, not a date-time.',
    seams: success((answer) => ({
      headers: { ...answer.headers, 'X-Expires-After': new Date(answer.headers['X-Expires-After'] ?? 0).toUTCString() },
    })),
    witness: async ({ get }) => /GMT$/.test(String((await get(LOGIN)).headers['x-expires-after'])),
  },
  {
    id: 'expiry-is-epoch-seconds',
    operation: 'loginUser',
    summary: 'X-Expires-After is a number of seconds.',
    seams: headers({ 'X-Expires-After': '1924992000' }),
    witness: async ({ get }) => /^\d+$/.test(String((await get(LOGIN)).headers['x-expires-after'])),
  },
  {
    id: 'expiry-a-month-early',
    operation: 'loginUser',
    summary: 'X-Expires-After is a month too early.',
    seams: success((answer) => ({
      headers: {
        ...answer.headers,
        'X-Expires-After': new Date(Date.now() - 30 * 86_400_000).toISOString(),
      },
    })),
    witness: async ({ get }) => Date.parse(String((await get(LOGIN)).headers['x-expires-after'])) < Date.now(),
  },
  {
    id: 'expiry-without-zone',
    operation: 'loginUser',
    summary: 'X-Expires-After has no offset, so that it is no date-time.',
    seams: headers({ 'X-Expires-After': '2099-01-01T12:00:00' }),
    witness: async ({ get }) => /:00$/.test(String((await get(LOGIN)).headers['x-expires-after'])),
  },
  {
    id: 'expiry-on-impossible-day',
    operation: 'loginUser',
    summary: 'X-Expires-After names a day that no calendar has.',
    seams: headers({ 'X-Expires-After': '2099-02-30T12:00:00Z' }),
    witness: async ({ get }) => /^2099-02-30/.test(String((await get(LOGIN)).headers['x-expires-after'])),
  },
  {
    id: 'rate-limit-is-text',
    operation: 'loginUser',
    summary: 'X-Rate-Limit is no integer.',
    seams: headers({ 'X-Rate-Limit': '5000/hour' }),
    witness: async ({ get }) => (await get(LOGIN)).headers['x-rate-limit'] === '5000/hour',
  },
  {
    id: 'rate-limit-is-fraction',
    operation: 'loginUser',
    summary: 'X-Rate-Limit has a fraction.',
    seams: headers({ 'X-Rate-Limit': '83.3' }),
    witness: async ({ get }) => (await get(LOGIN)).headers['x-rate-limit'] === '83.3',
  },
  {
    id: 'rate-limit-beyond-int32',
    operation: 'loginUser',
    summary: 'X-Rate-Limit does not fit an int32.',
    seams: headers({ 'X-Rate-Limit': '4294967295' }),
    witness: async ({ get }) => (await get(LOGIN)).headers['x-rate-limit'] === '4294967295',
  },
  {
    id: 'rate-limit-empty',
    operation: 'loginUser',
    summary: 'X-Rate-Limit is sent without a value.',
    seams: headers({ 'X-Rate-Limit': '' }),
    witness: async ({ get }) => (await get(LOGIN)).headers['x-rate-limit'] === '',
  },
])

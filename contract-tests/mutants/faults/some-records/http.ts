import { withHeaders } from '../../alter.ts'
import { inArea } from '../../fault.ts'

/** Faults of http that show on some records only. */
export const httpOfSome = inArea('http', [
  {
    id: 'unknown-path-is-page',
    operation: 'any',
    summary: 'A path that leads nowhere is answered with a page and 200.',
    seams: () => ({
      answer: ({ match }, next) => {
        const answer = next()
        return match.allowed === undefined
          ? { status: 200, headers: { 'Content-Type': 'text/html' }, body: Buffer.from('<p>Home') }
          : answer
      },
    }),
    witness: async ({ get }) => (await get('/nowhere')).status === 200,
  },
  {
    id: 'options-allow-untrue',
    operation: 'any',
    summary: 'OPTIONS names methods that the path does not have.',
    seams: () => ({
      answer: ({ request }, next) => {
        const answer = next()
        return request.method === 'OPTIONS' && answer.status < 300
          ? { ...answer, headers: withHeaders(answer, { Allow: 'GET, POST, PUT, PATCH, DELETE' }) }
          : answer
      },
    }),
    witness: async ({ send }) => (await send('OPTIONS', '/store/inventory')).headers.allow?.includes('PATCH') === true,
  },
  {
    id: 'head-on-post-path-succeeds',
    operation: 'any',
    summary: 'HEAD succeeds on a path that has no GET.',
    seams: () => ({
      answer: ({ request, match }, next) => {
        const answer = next()
        return request.method === 'HEAD' && answer.status === 405 && match.allowed ? { ...answer, status: 200 } : answer
      },
    }),
    witness: async ({ send }) => (await send('HEAD', '/user')).status === 200,
  },
  {
    id: 'answers-change-places',
    operation: 'getPetById',
    summary:
      'Of readings at the same time the earlier gets the answer of the later, as with a variable that all share.',
    seams: () => {
      let shared: Buffer = Buffer.alloc(0)
      return {
        answer: (_handling, next) => {
          const answer = next()
          shared = answer.body
          return answer.status === 200 ? { ...answer, delayMs: 1, late: () => shared } : answer
        },
      }
    },
    witness: async ({ get }) => {
      const ids = [1, 2, 3, 4, 5, 6, 7, 8]
      const read = await Promise.all(ids.map((id) => get(`/pet/${id}`)))
      return read.some(({ object }, index) => object.id !== ids[index])
    },
  },
])

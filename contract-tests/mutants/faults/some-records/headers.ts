import { success, withHeaders } from '../../alter.ts'
import { inArea } from '../../fault.ts'

/** Faults of headers that show on some records only. */
export const headersOfSome = inArea('headers', [
  {
    id: 'expiry-malformed-at-third-login',
    operation: 'loginUser',
    summary: 'Every third login has an expiry that is no date-time.',
    seams: () => {
      let count = 0
      return success((answer) => {
        count += 1
        return count % 3 === 0 ? { headers: withHeaders(answer, { 'X-Expires-After': 'soon' }) } : {}
      })()
    },
    witness: async ({ get }) => {
      const path = '/user/login?username=new&password=a'
      await get(path)
      await get(path)
      return (await get(path)).headers['x-expires-after'] === 'soon'
    },
  },
])

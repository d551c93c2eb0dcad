import { value } from '../../alter.ts'
import { inArea } from '../../fault.ts'

/** Faults of status that show on some records only. */
export const statusOfSome = inArea('status', [
  {
    id: 'login-token-empty',
    operation: 'loginUser',
    summary: 'The token is empty.',
    seams: value(() => ''),
    witness: async ({ get }) => (await get('/user/login?username=new&password=a')).value === '',
  },
])

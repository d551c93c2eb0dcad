import { defineCheck, type Observation } from './check.ts'

/** Login must take the right password and no other. */
export const login = defineCheck({
  id: 'login',
  title: 'Login takes the right password and no other',

  /** An empty token tells no client that the login succeeded. */
  token: (value: string): Observation | undefined =>
    value === ''
      ? { place: 'an empty token', expected: 'a token with at least one character', actual: '""' }
      : undefined,
})

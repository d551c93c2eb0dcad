import { defineCheck } from './check.ts'

export const login = defineCheck({
  id: 'login',
  title: 'Login takes the right password and no other',
})

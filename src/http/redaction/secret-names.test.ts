import { expect, test } from '@jest/globals'
import { isSecretName } from './secret-names.ts'

const SECRETS = `password Password PASSWD userPassword user[password] user.password pass pass_phrase passcode pwd db_pwd
  api_key apiKey API-KEY apikey X-Api-Key api.key api%5Fkey ocp-apim-subscription-key x-functions-key aws_access_key_id
  private_key signingKey key access_keys client_secret secret token id_token accessToken refresh-token X-Auth-Token
  X-CSRF-Token X-XSRF-TOKEN csrfmiddlewaretoken X-Amz-Security-Token X-Amz-Signature Authorization Proxy-Authorization
  Authentication Cookie Set-Cookie cookie2 credentials auth x-auth jwt otp mfa-code pin user_pin sid PHPSESSID JSESSIONID
  session_id sig ＰＡＳＳＷＯＲＤ pass%77ord pass%2577ord a:password p-a-s-s-w-o-r-d`.split(/\s+/)

test.each(SECRETS)('%s is the name of a secret', (name) => {
  expect(isSecretName(name)).toBe(true)
})

const OTHERS = `name id status petId username email photoUrls tags category phone userStatus host accept content-type
  user-agent prefer origin referer x-mock-session x-request-id www-authenticate author authority monkey keyboard compass
  passenger idempotency-key sec-websocket-key publicKey primary_key pinned signal assign x-expires-after`.split(/\s+/)

test.each(OTHERS)('%s is not', (name) => {
  expect(isSecretName(name)).toBe(false)
})

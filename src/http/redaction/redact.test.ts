import { expect, test } from '@jest/globals'
import { redactTarget, redactViolation } from './redact.ts'
import { redactBytes, redactText } from './redact-text.ts'
import { HIDDEN } from './secret.ts'

test.each([
  ['/v2/pet/1', '/v2/pet/1'],
  ['/v2/pet/findByStatus?status=sold', '/v2/pet/findByStatus?status=sold'],
  ['/v2/user/login?username=ada&password=hunter2', `/v2/user/login?${HIDDEN}`],
  ['/v2/user/login?hunter2', `/v2/user/login?${HIDDEN}`],
  ['/v2/user/login/?u=hunter2', `/v2/user/login/?${HIDDEN}`],
  ['/V2/USER/LOGIN?u=hunter2', `/V2/USER/LOGIN?${HIDDEN}`],
  ['/v2/user/%6Cogin?u=hunter2', `/v2/user/%6Cogin?${HIDDEN}`],
  ['/v2/user/login', '/v2/user/login'],
  ['/v2/pet/1?api_key=k&a=b', `/v2/pet/1?api_key=${HIDDEN}&a=b`],
  ['/v2/pet/1?API-Key=k;a=b', `/v2/pet/1?API-Key=${HIDDEN};a=b`],
  ['/v2/pet/1?a=b&pass%77ord=k%26&c', `/v2/pet/1?a=b&pass%77ord=${HIDDEN}&c`],
  ['/v2/pet/1?user[password]=k=l', `/v2/pet/1?user[password]=${HIDDEN}`],
  ['/v2/pet/1?%zz=1&password=k?l', `/v2/pet/1?%zz=1&password=${HIDDEN}`],
  ['http://ada:hunter2@host/v2/pet/1', `http://${HIDDEN}@host/v2/pet/1`],
  ['http://ada:hun@ter2@host/v2/pet/1?a=b@c', `http://${HIDDEN}@host/v2/pet/1?a=b@c`],
  ['/v2/user/ada@host', '/v2/user/ada@host'],
])('redactTarget of %s is %s', (target, shown) => {
  expect(redactTarget(target)).toBe(shown)
})

test.each([
  ['/body/status', 'lost', '/v2/pet', 'lost'],
  ['/body/password', 12, '/v2/user', HIDDEN],
  ['/headers/api_key', 'k', '/v2/pet', HIDDEN],
  ['/body', { username: 'ada', password: 'hunter2' }, '/v2/user', { username: 'ada', password: HIDDEN }],
  ['/body', [{ password: 'hunter2' }, 1, null], '/v2/user', [{ password: HIDDEN }, 1, null]],
  ['/body', '{"password": "hunter2"', '/v2/user', HIDDEN],
  ['/query/username', '', '/v2/user/login?username=', HIDDEN],
  ['/query/status', 'lost', '/v2/pet/findByStatus', 'lost'],
])('redactViolation at %s with %j of %s shows %j', (pointer, received, target, shown) => {
  expect(redactViolation({ pointer, expected: 'x', received }, target)).toEqual({
    pointer,
    expected: 'x',
    received: shown,
  })
})

test('redactViolation adds nothing where nothing was received', () => {
  const violation = { pointer: '/body/password', expected: 'string' }
  expect(redactViolation(violation, '/v2/user')).toEqual(violation)
})

test.each([
  ['{"name":"a","password":"hun\\"ter2"}', `{"name":"a","password":"${HIDDEN}"}`],
  ['{"password": 12345, "a": 1}', `{"password": "${HIDDEN}", "a": 1}`],
  ['[{"userPassword":"my long hunter2', `[{"userPassword":"${HIDDEN}"`],
  ['{"apiKey":"hunter2","Token":null}', `{"apiKey":"${HIDDEN}","Token":"${HIDDEN}"}`],
  ['<User><password>hunter2</password></User>', `<User><password>${HIDDEN}</password></User>`],
  ['name=a&pass%77ord=hunter2&b=c', `name=a&pass%77ord=${HIDDEN}&b=c`],
  [
    '--b\r\nContent-Disposition: form-data; name="password"\r\nX: y\r\n\r\nhunter2\r\n--b--',
    `--b\r\nContent-Disposition: form-data; name="password"\r\nX: y\r\n\r\n${HIDDEN}\r\n--b--`,
  ],
  ['--b\r\nContent-Disposition: form-data; name="file"\r\n\r\ntoken=1\r\n--b--', undefined],
  ['{"name":"passwords are hard"}', undefined],
  ['{"password":["a","hunter2"],"b":1}', `{"password":"${HIDDEN}","b":1}`],
  ['{"user":{"password":{"a":"}hunter2"}}}', `{"user":{"password":"${HIDDEN}"}}`],
])('redactText of %j hides the secrets alone', (text, shown = text) => {
  expect(redactText(text)).toBe(shown)
})

test('redactBytes leaves what is no text as it is', () => {
  const bytes = Buffer.concat([
    Buffer.from('{"password":"hunter2","a":"'),
    Buffer.from([0xff, 0x00, 0xc3, 0xa9]),
    Buffer.from('"}'),
  ])
  expect(Buffer.from(redactBytes(bytes)).toString('latin1')).toBe(`{"password":"${HIDDEN}","a":"\xff\x00\xc3\xa9"}`)
})

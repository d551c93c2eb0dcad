import { expect, test } from '@jest/globals'
import { createRedaction, REDACTION } from './redaction.ts'
import { HIDDEN } from './secret-values.ts'

const { target: redactTarget, violation: redactViolation, body: redactText, bytes: redactBytes } = REDACTION

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
  ['/v2/pet/1?API-Key=k;a=b', `/v2/pet/1?API-Key=${HIDDEN}`],
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

test.each([
  ['/v2/pet/1?password=abc;REST', `/v2/pet/1?password=${HIDDEN}`],
  ['/v2/pet/1?pass%2577ord=abc&a=b', `/v2/pet/1?pass%2577ord=${HIDDEN}&a=b`],
  ['/v2/pet/1;password=abc;b=c?a=b', `/v2/pet/1;password=${HIDDEN}?a=b`],
  ['/v2/pet/1%3Bpassword%3Dabc', `/v2/pet/1;password=${HIDDEN}`],
  ['/v2/pet/1?a=b;password=abc', `/v2/pet/1?a=b%3Bpassword%3D${HIDDEN}`],
  ['/v2/pet/1?next=https%3A%2F%2Fada%3Ahunter2%40host%2F', `/v2/pet/1?next=https%3A%2F%2F${HIDDEN}%40host%2F`],
  ['/v2/pet/1?id_token=x&key=y&auth=z', `/v2/pet/1?id_token=${HIDDEN}&key=${HIDDEN}&auth=${HIDDEN}`],
  ['/v2/pet/my-own-key?q=my-own-key&a=my%2Down-key', `/v2/pet/${HIDDEN}?q=${HIDDEN}&a=${HIDDEN}`],
  ['/v2/pet/aaa?a=a&aa=aa', `/v2/pet/aaa?a=${HIDDEN}&aa=aa`],
])('target %s is shown as %s, whichever way a secret hides in it', (target, shown) => {
  expect(createRedaction(['my-own-key', 'a']).target(target)).toBe(shown)
})

const utf16 = (text: string) => Buffer.from(text, 'utf16le').toString('latin1')
const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P'

test.each([
  ['{"pass\\u0077ord":"hunter2"}', `{"pass\\u0077ord":"${HIDDEN}"}`],
  ['{"a":"{\\"password\\":\\"hunter2\\"}"}', `{"a":"{\\"password\\":\\"${HIDDEN}\\"}"}`],
  [`{"a":"${JWT}","b":1.0}`, `{"a":"${HIDDEN}","b":1.0}`],
  ['{"a":"see https://ada:hunter2@host/x"}', `{"a":"see https://${HIDDEN}@host/x"}`],
  ['{"a":"Bearer abcdef123456"}', `{"a":"Bearer ${HIDDEN}"}`],
  ['{password: hunter2}', HIDDEN],
  [utf16('{"password":"hunter2"}'), HIDDEN],
  [utf16('{"name":"rex"}'), utf16('{"name":"rex"}')],
  ["{'password': 'hunter2'}", HIDDEN],
  ['{"password": \'my hunter2\'}', `{"password": "${HIDDEN}"`],
  ['"password=hunter2"', `"password=${HIDDEN}"`],
  ['[["hunter2","my-own-key"]]', `[["hunter2","${HIDDEN}"]]`],
  ['<User><password>hun<b/>ter2</password><a>1</a></User>', `<User><password>${HIDDEN}</password><a>1</a></User>`],
  ['<u password="hunter2" a=\'1\'/>', `<u password="${HIDDEN}" a='1'/>`],
  ['<a:password><![CDATA[hunter2]]></a:password>', `<a:password>${HIDDEN}</a:password>`],
  ['<password><!-- </password> -->hunter2<password>x</password>y</password>z', `<password>${HIDDEN}</password>z`],
  ['<password>hunter2', `<password>${HIDDEN}`],
  ['<a>my-own&#45;key</a><b>&lt;</b>', `<a>${HIDDEN}</a><b>&lt;</b>`],
  ['<a><!-- token=hunter2 --></a>', `<a><!-- token=${HIDDEN} --></a>`],
  ['my-own-key was refused', `${HIDDEN} was refused`],
  ['token=hunter2 was refused', `token=${HIDDEN} was refused`],
])('body %j is shown as %j', (text, shown) => {
  expect(createRedaction(['my-own-key']).body(text)).toBe(shown)
})

const part = (head: string, content: string) => `pre\r\n--b\r\n${head}\r\n\r\n${content}\r\n--b--\r\n`

test.each([
  'Content-Disposition: form-data; name="password"',
  'content-disposition: form-data;\r\n name=password',
  "Content-Disposition: form-data; name*=UTF-8''pass%77ord",
  'Content-Disposition: form-data; filename="x"; NAME="user[pass\\word]"',
])('a field with the head %j is hidden whole', (head) => {
  const shown = REDACTION.body(part(head, 'hun--b\r\n\r\nter2'), 'multipart/form-data; boundary="b"')
  expect(shown).toBe(part(head, HIDDEN))
})

test('the JSON in a part is looked into', () => {
  const head = 'Content-Disposition: form-data; name="a"'
  const shown = REDACTION.body(part(head, '{"password":"x"}'), 'multipart/form-data; boundary=b')
  expect(shown).toBe(part(head, `{"password":"${HIDDEN}"}`))
})

test('headers are hidden by their names, by their form and by the keys of the program', () => {
  const headers = {
    'x-api-key': '1',
    'x-auth-token': '1',
    'x-csrf-token': '1',
    'proxy-authorization': '1',
    authentication: '1',
    'x-amz-security-token': '1',
    cookie: ['a', 'b'],
    'x-custom': 'my-own-key',
    'x-note': 'Basic YWRhOmh1bnRlcjI=',
    referer: 'http://h/?password=x',
    accept: 'application/json;q=0.9',
    host: 'h',
  }
  expect(createRedaction(['my-own-key']).headers(headers)).toEqual({
    ...Object.fromEntries(Object.keys(headers).map((name) => [name, HIDDEN])),
    'x-note': `Basic ${HIDDEN}`,
    referer: `http://h/?password=${HIDDEN}`,
    accept: 'application/json;q=0.9',
    host: 'h',
  })
})

test('a value is hidden by the name or pointer that stands beside it', () => {
  const value = [
    { name: 'Authorization', value: 'x' },
    { pointer: '/user/password', equals: 'y', note: 'z' },
    { name: 'status', value: 'sold' },
  ]
  expect(REDACTION.value(value)).toEqual([
    { name: 'Authorization', value: HIDDEN },
    { pointer: '/user/password', equals: HIDDEN, note: 'z' },
    { name: 'status', value: 'sold' },
  ])
})

test.each([
  'a',
  '"',
  '"a"',
  '{"a":',
  '<',
  '<a ',
  '<!--',
  '<password>',
  '&',
  '=',
  'a=',
  ';',
  '://',
  'eyJ',
  'eyJa.',
  '-eyJ',
  'Bearer ',
  '\\',
  '--b\r\n',
  '[',
  '{',
  ' ',
  '"\\"',
  '%25',
  '\r\n',
])('a body of many %j takes time in proportion to its length', (unit) => {
  const { body, phrase, target } = createRedaction(['my-own-key'])
  const time = (text: string) => {
    const start = performance.now()
    body(text)
    body(`{"a":${JSON.stringify(text)}}`)
    body(`--b\r\n${text}`)
    phrase(text)
    target(`/v2/pet?${text}`)
    return performance.now() - start
  }
  const least = (length: number) => Math.min(...[1, 2].map(() => time(unit.repeat(length / unit.length))))
  // Eight times as long takes eight times the time; 64 times if it were quadratic.
  expect(least(80_000) / Math.max(least(10_000), 20)).toBeLessThan(24)
})

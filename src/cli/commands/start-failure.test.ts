import { expect, test } from '@jest/globals'
import { DocumentError } from '../../openapi/document-error.ts'
import { readCommand } from '../options/read-command.ts'
import { explainStartFailure } from './start-failure.ts'

const command = readCommand(['--host', '192.0.2.1'], {})
if (command.kind !== 'serve') throw new Error('the flags of this test are wrong')
const { config } = command

const failure = (code: string, syscall = 'listen') => Object.assign(new Error('from node'), { code, syscall })

test.each([
  [4010, 4011],
  [65_535, 0],
])('explainStartFailure of port %i in use offers %i', (port, other) => {
  expect(explainStartFailure(failure('EADDRINUSE'), { ...config, port })).toEqual({
    message: `Port ${port} is in use. Free it, or choose another: inboxes-mock --port ${other}`,
    exitCode: 3,
  })
})

test('explainStartFailure tells what port needs more rights', () => {
  expect(explainStartFailure(failure('EACCES'), { ...config, port: 80 })).toEqual({
    message: 'Port 80 needs more rights than this user has. Choose one above 1023: inboxes-mock --port 4010',
    exitCode: 1,
  })
})

test.each([
  ['EADDRNOTAVAIL', 'listen'],
  ['ENOTFOUND', 'getaddrinfo'],
])('explainStartFailure of %s tells that the host is another machine', (code, syscall) => {
  expect(explainStartFailure(failure(code, syscall), config)).toEqual({
    message: 'Host 192.0.2.1 is not an address of this machine. Choose one that is: inboxes-mock --host 127.0.0.1',
    exitCode: 1,
  })
})

test.each([
  ['EADDRINUSE', { port: 'PORT' }, 'Port 80 (of the variable PORT) is in use.'],
  ['EADDRNOTAVAIL', { host: 'INBOXES_MOCK_HOST' }, 'Host 192.0.2.1 (of the variable INBOXES_MOCK_HOST) is not'],
])('explainStartFailure of %s names the variable that the value came from', (code, variables, text) => {
  const told = explainStartFailure(failure(code), { ...config, port: 80 }, variables)
  expect(told?.message).toContain(text)
})

test('explainStartFailure names the variable of a file that cannot be used', () => {
  const told = explainStartFailure(new DocumentError('x.yaml cannot be read.'), config, {
    document: 'INBOXES_MOCK_DOCUMENT',
  })
  expect(told?.message).toBe('x.yaml cannot be read. The variable INBOXES_MOCK_DOCUMENT names the file.')
})

test('explainStartFailure passes on what a DocumentError says', () => {
  expect(explainStartFailure(new DocumentError('x.yaml cannot be read.'), config)).toEqual({
    message: 'x.yaml cannot be read.',
    exitCode: 2,
  })
})

test.each([new Error('other'), failure('EACCES', 'open'), failure('EWHATEVER'), undefined, 'text'])(
  'explainStartFailure leaves %p unexplained',
  (error) => {
    expect(explainStartFailure(error, config)).toBeUndefined()
  },
)

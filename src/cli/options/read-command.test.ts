import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { pathOf } from '../../openapi/package-files.ts'
import { FLAG_ROWS } from './flags.ts'
import { flagTable } from './help.ts'
import { type Config, readCommand } from './read-command.ts'

const DEFAULTS: Config = {
  port: 4010,
  host: '127.0.0.1',
  seed: 1,
  apiKeys: ['special-key'],
  pets: 10,
  pack: 'default',
  save: false,
  sessionTtl: 3_600_000,
  maxSessions: 1000,
  delay: 0,
  latency: false,
  adminOrigins: [],
  open: false,
  ui: true,
  upstreamMode: 'read',
  pass: [],
  mock: [],
  strictUpstream: false,
  upstreamTimeoutMs: 10_000,
  upstreamBytes: 10_485_760,
  keep: [],
  quiet: false,
  verbose: false,
  json: false,
}

function configOf(line: string, env: Record<string, string> = {}): Config {
  const command = readCommand(words(line), env)
  if (command.kind !== 'serve') throw new Error(JSON.stringify(command))
  return command.config
}

function messageOf(line: string, env: Record<string, string> = {}): string {
  const command = readCommand(words(line), env)
  return command.kind === 'usage-error' ? command.message : `no usage error but ${command.kind}`
}

const words = (line: string) => line.split(' ').filter(Boolean)

test('readCommand without flags gives the defaults', () => {
  expect(configOf('')).toEqual(DEFAULTS)
})

test.each<[string, Partial<Config>]>([
  ['--port 8080', { port: 8080 }],
  ['--port=0', { port: 0 }],
  ['--port 1 --port 65535', { port: 65_535 }],
  ['-p 8080 -H 0.0.0.0', { port: 8080, host: '0.0.0.0' }],
  ['--host ::1', { host: '::1' }],
  ['--host [::1]', { host: '::1' }],
  ['--host localhost', { host: 'localhost' }],
  ['--seed 0', { seed: 0 }],
  ['--seed 4294967295', { seed: 4_294_967_295 }],
  ['--api-key a --api-key=-b', { apiKeys: ['a', '-b'] }],
  ['--pets 0', { pets: 0 }],
  ['--quiet --json', { quiet: true, json: true }],
  ['--quiet --no-quiet', { quiet: false }],
  ['--no-ui', { ui: false }],
  ['--open --no-open', { open: false }],
  ['--quiet=false', { quiet: false }],
  ['--document other.yaml', { document: 'other.yaml' }],
])('readCommand reads %s', (line, changed) => {
  expect(configOf(line)).toEqual({ ...DEFAULTS, ...changed })
})

test.each<[Record<string, string>, Partial<Config>]>([
  [
    { PORT: '1', HOST: 'localhost' },
    { port: 1, host: 'localhost' },
  ],
  [{ PORT: '1', INBOXES_MOCK_PORT: '2' }, { port: 2 }],
  [{ HOST: '0.0.0.0', INBOXES_MOCK_HOST: 'b' }, { host: 'b' }],
  [{ HOST: '[::]' }, { host: '::' }],
  // Shells set HOST to the name of the machine.
  [{ HOST: 'mybox' }, {}],
  [{ HOST: 'mybox.example' }, {}],
  [{ INBOXES_MOCK_PORT: '', PORT: '' }, {}],
  [{ INBOXES_MOCK_PORT: '', PORT: '3' }, { port: 3 }],
  [
    { INBOXES_MOCK_SEED: '7', INBOXES_MOCK_PETS: '8' },
    { seed: 7, pets: 8 },
  ],
  [{ INBOXES_MOCK_API_KEY: 'a, b,,c' }, { apiKeys: ['a', 'b', 'c'] }],
  [
    { INBOXES_MOCK_QUIET: '1', INBOXES_MOCK_JSON: 'TRUE' },
    { quiet: true, json: true },
  ],
  [{ INBOXES_MOCK_QUIET: '0', INBOXES_MOCK_JSON: 'off' }, {}],
  [{ INBOXES_MOCK_DOCUMENT: 'x.yaml' }, { document: 'x.yaml' }],
])('readCommand reads the environment %j', (env, changed) => {
  expect(configOf('', env)).toEqual({ ...DEFAULTS, ...changed })
})

test('readCommand lets a flag win over the environment', () => {
  const env = { PORT: '1', INBOXES_MOCK_PORT: 'nonsense', INBOXES_MOCK_QUIET: 'true', INBOXES_MOCK_API_KEY: 'b' }
  expect(configOf('--port 3 --no-quiet --api-key a', env)).toMatchObject({ port: 3, quiet: false, apiKeys: ['a'] })
})

test('readCommand freezes what it gives', () => {
  const config = configOf('--api-key a')
  expect(Object.isFrozen(config)).toBe(true)
  expect(Object.isFrozen(config.apiKeys)).toBe(true)
})

test.each([
  ['--port 70000', '--port must be a whole number from 0 to 65535, not "70000". For example: --port 4010'],
  ['--port abc', '--port must be a whole number from 0 to 65535, not "abc". For example: --port 4010'],
  ['--port 0x10', '--port must be a whole number from 0 to 65535, not "0x10". For example: --port 4010'],
  ['--port=', '--port must be a whole number from 0 to 65535, not "". For example: --port 4010'],
  ['--pets -1', '--pets must be a whole number from 0 to 1000000, not "-1". For example: --pets 10'],
  ['--pets 1e3', '--pets must be a whole number from 0 to 1000000, not "1e3". For example: --pets 10'],
  ['--seed 1.5', '--seed must be a whole number from 0 to 4294967295, not "1.5". For example: --seed 1'],
  ['--seed 4294967296', '--seed must be a whole number from 0 to 4294967295, not "4294967296". For example: --seed 1'],
  ['--host a/b', '--host must be a host name or an IP address, not "a/b". For example: --host 127.0.0.1'],
  ['--api-key=', '--api-key must be visible ASCII characters without spaces. For example: --api-key special-key'],
  ['--api-key hémlig', '--api-key must be visible ASCII characters without spaces. For example: --api-key special-key'],
  ['--quiet=maybe', '--quiet must be true or false, not "maybe". For example: --quiet'],
  ['--document=', '--document must be not blank, not "". For example: --document openapi.yaml'],
  ['--port', '--port needs a value. For example: --port 4010'],
  ['--port --json', '--port needs a value. For example: --port 4010'],
  ['--prot 1', 'Unknown flag --prot. Did you mean --port?'],
  ['--apikey=secret', 'Unknown flag --apikey. Did you mean --api-key?'],
  ['-q', 'Unknown flag -q. inboxes-mock --help lists the flags.'],
  ['--no-port', 'Unknown flag --no-port. inboxes-mock --help lists the flags.'],
  ['help', 'Unexpected argument "help". Did you mean --help?'],
  ['frobnicate', 'Unexpected argument "frobnicate". inboxes-mock --help lists the flags.'],
  ['--cors', 'There is no --cors: pages of every origin may use the API. Leave it out.'],
  ['-m 4', 'There is no -m: docs/scaling.md says how to serve from more than one process.'],
  ['-h 0.0.0.0', '-h prints the help and takes no value. Did you mean --host 0.0.0.0?'],
  ['openapi.yml', 'Unexpected argument "openapi.yml". Did you mean --document openapi.yml?'],
  ['db.json', 'Unexpected argument "db.json". Did you mean --state db.json, or --document db.json?'],
  ['--sees 1', 'Unknown flag --sees. Did you mean --seed?'],
  ['--food', 'Unknown flag --food. inboxes-mock --help lists the flags.'],
  ['--save', '--save needs the file to keep current. For example: --save --state state.json'],
  ['--latency', '--latency needs a profile. For example: --latency --profile staging.profile.json'],
  ['-- x', 'Nothing can be given after --. Leave it out.'],
])('readCommand refuses %s', (line, message) => {
  expect(messageOf(line)).toBe(message)
})

test('readCommand names the variable whose value it refuses', () => {
  const range = 'must be a whole number from 0 to 65535'
  expect(messageOf('', { PORT: 'x' })).toBe(`PORT ${range}, not "x". For example: PORT=4010`)
  expect(messageOf('', { PORT: '1', INBOXES_MOCK_PORT: 'y' })).toBe(
    `INBOXES_MOCK_PORT ${range}, not "y". For example: INBOXES_MOCK_PORT=4010`,
  )
})

test('readCommand tells which values came from the environment', () => {
  const env = { PORT: '1', INBOXES_MOCK_STATE: 's.json', INBOXES_MOCK_SEED: '2' }
  expect(readCommand(words('--seed 3'), env)).toMatchObject({
    variables: { port: 'PORT', state: 'INBOXES_MOCK_STATE' },
  })
  expect(readCommand(words('--seed 3'), env)).not.toHaveProperty('variables.seed')
})

test('readCommand never repeats a key', () => {
  expect(messageOf('--api-key geheim§')).not.toContain('geheim')
  expect(messageOf('', { INBOXES_MOCK_API_KEY: 'geheim§' })).not.toContain('geheim')
})

test.each([
  ...['--help', '-h', '--port abc --help', '--nonsense --help --version', 'contract --help', 'contract replay --help'],
  ...['contract cleanup -h', 'contract replay status/getPetById --help', 'drift --help', 'import --help'],
])('readCommand answers %s', (line) => {
  expect(readCommand(words(line), {})).toMatchObject({ kind: 'help' })
})

test.each(['--version', '-v', '--version --nonsense'])('readCommand answers %s', (line) => {
  expect(readCommand(words(line), {})).toEqual({ kind: 'version' })
})

test('help and the flag table name every flag, its default and its variables', () => {
  const help = readCommand(['--help'], {})
  const text = help.kind === 'help' ? help.text : ''
  for (const { name, shownDefault } of FLAG_ROWS) {
    const variable = `INBOXES_MOCK_${name.toUpperCase().replaceAll('-', '_')}`
    expect(text).toMatch(new RegExp(`^ {2}--${name} .*\\(default: ${shownDefault}\\)$`, 'm'))
    expect(text).toContain(variable)
    expect(flagTable()).toMatch(new RegExp(`^\\| \`--${name}[ \`].*\\| ${shownDefault} \\| \`${variable}\``, 'm'))
  }
  expect(text.split('\n').every((line) => line.length <= 120)).toBe(true)
})

test('the README shows the flag table', () => {
  const readme = readFileSync(pathOf('README.md'), 'utf8')
  expect(readme).toContain(`\n${flagTable()}\n`)
})

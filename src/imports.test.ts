import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Who may import whom: downward only. A room may always import itself. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  cli: [
    'app',
    'persistence',
    'sessions',
    'package-files',
    'config',
    'index',
    'server',
    'journal',
    'contract',
    'exchange',
    'spec',
  ],
  index: ['app', 'server', 'sessions', 'store', 'journal', 'faults', 'exchange', 'model', 'errors', 'clock', 'spec'],
  server: ['app', 'config'],
  app: [
    'planes',
    'package-files',
    'serving',
    'control',
    'sessions',
    'store',
    'fixtures',
    'journal',
    'faults',
    'exchange',
    'errors',
    'clock',
    'spec',
  ],
  control: [
    'package-files',
    'media',
    'enforcement',
    'reply',
    'serving',
    'sessions',
    'store',
    'journal',
    'faults',
    'exchange',
    'model',
    'errors',
    'clock',
    'nearest',
    'spec',
  ],
  serving: ['reply', 'enforcement', 'sessions', 'operations', 'media', 'exchange', 'errors', 'nearest', 'spec'],
  decisions: ['index'],
  properties: ['contract', 'media', 'spec'],
  sessions: ['spec', 'operations', 'model', 'store', 'journal', 'faults', 'clock', 'errors'],
  faults: ['serving', 'enforcement', 'reply', 'media', 'errors', 'clock', 'nearest', 'spec'],
  journal: ['exchange', 'store', 'model', 'errors', 'clock', 'spec'],
  build: ['package-files', 'spec', 'enforcement', 'fixtures', 'store'],
  enforcement: ['package-files', 'reply', 'operations', 'media', 'model', 'errors', 'nearest', 'spec'],
  operations: ['reply', 'store', 'model', 'errors', 'clock', 'nearest', 'spec'],
  contract: ['package-files', 'spec', 'media', 'model', 'nearest'],
  exchange: ['errors'],
  config: ['store', 'nearest'],
  media: ['spec'],
  fixtures: ['package-files', 'store', 'model'],
  store: ['model'],
  errors: ['model'],
  model: ['spec'],
  spec: ['package-files'],
  clock: [],
  reply: [],
  planes: ['app', 'control', 'serving', 'sessions', 'faults', 'exchange', 'package-files', 'spec'],
  testing: ['config', 'package-files', 'store', 'journal', 'faults', 'model', 'errors'],
  persistence: ['app', 'control', 'sessions', 'store', 'media', 'errors', 'spec'],
  packed: ['cli', 'package-files'],
  scaling: ['package-files'],
  'package-files': [],
  nearest: [],
}

const sources = ['src', 'fixtures'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => join(folder, file)),
)

const roomOf = (file: string) =>
  file
    .replace(/^src\//, '')
    .split('/')[0]
    ?.replace(/\.ts$/, '') ?? ''

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8')
  const targets = [...text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map(([, target]) => target ?? '')
  return targets.map((target) => relative(root, resolve(root, dirname(file), target)))
}

test.each(sources)('%s imports only what its room may', (file) => {
  const room = roomOf(file)
  const foreign = importsOf(file)
    .map(roomOf)
    .filter((target) => target !== room)
  expect(MAY_IMPORT).toHaveProperty(room)
  expect(foreign.filter((target) => !MAY_IMPORT[room]?.includes(target))).toEqual([])
})

test('fixtures are the only ones to import faker, and operations never see Express', () => {
  const importing = (name: string) =>
    sources.filter((file) => readFileSync(join(root, file), 'utf8').includes(`from '${name}`)).map(roomOf)
  expect([...new Set(importing('@faker-js/faker'))]).toEqual(['fixtures'])
  expect(importing('express')).not.toContain('operations')
})

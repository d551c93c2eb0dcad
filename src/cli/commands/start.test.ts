import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { pathOf } from '../../openapi/package-files.ts'
import { readCommand } from '../options/read-command.ts'
import { start } from './start.ts'

const folder = mkdtempSync(join(tmpdir(), 'start-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** The warnings of a start with a document. */
async function warningsWith(text: string): Promise<string[]> {
  const file = join(folder, 'other.yaml')
  writeFileSync(file, text)
  const command = readCommand(['--port', '0', '--document', file], {})
  if (command.kind !== 'serve') throw new Error(command.kind)
  const said: string[] = []
  const running = await start(
    command.config,
    () => {},
    (message) => said.push(message),
  )
  await running.close()
  return said
}

test('the start names a dangerous pattern of the document in one line, and nothing else', async () => {
  const text = readFileSync(pathOf('openapi.yaml'), 'utf8')
  const schema = /\n {4}Tag:\n[\s\S]*?\n {8}name:\n/
  const changed = text.replace(schema, (lines) => `${lines}          pattern: '^(a+)+$'\n`)
  expect(await warningsWith(changed)).toEqual([
    expect.stringMatching(/^other\.yaml, line \d+: the time for the pattern \^\(a\+\)\+\$ .*$/),
  ])
})

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { pathOf } from '../../openapi/package-files.ts'
import { CHECKS, type KnownCheck } from './index.ts'

const FOLDER = pathOf('src/contract')
const read = (file: string) => readFileSync(join(FOLDER, file), 'utf8')

const sources = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
)
const checkFiles = sources.filter((file) => file.startsWith('checks/') && /= defineCheck\(/.test(read(file)))
const callers = sources.filter((file) => !file.startsWith('checks/')).map(read)

const table: readonly KnownCheck[] = CHECKS
const nameOf = (id: string) => id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())

test('every check has a file of its own, and every file is in the table', () => {
  expect(checkFiles.toSorted()).toEqual(table.map(({ id }) => `checks/${id}.ts`).toSorted())
})

test.each(table)('$id is exported under its id', ({ id }) => {
  expect(read(`checks/${id}.ts`)).toContain(`export const ${nameOf(id)} = defineCheck({\n  id: '${id}',`)
})

/** The functions that compare several interactions, by the check's own name. */
const assertions = table.flatMap((check) =>
  Object.entries(check)
    .filter(([name, value]) => typeof value === 'function' && name !== 'inspect')
    .map(([name]) => `${nameOf(check.id)}.${name}`),
)

test.each(table.filter(({ inspect }) => inspect === undefined))(
  'a scenario or the end of a run calls $id',
  ({ id }) => {
    const calls = [`run.check(${nameOf(id)}, `, `findings.add('${id}', `]
    expect(callers.some((text) => calls.some((call) => text.includes(call)))).toBe(true)
    expect(assertions.some((name) => name.startsWith(`${nameOf(id)}.`))).toBe(true)
  },
)

test.each(assertions)('%s is called', (name) => {
  expect(callers.some((text) => text.includes(`${name}(`))).toBe(true)
})

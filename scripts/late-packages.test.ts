import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { pathOf } from '../src/openapi/package-files.ts'
import { LATE, latePackages } from './late-packages.ts'

/** Folders of modules that call packages which are loaded late, below `node_modules`. */
const CALLERS = ['express', 'express/lib', 'proxy-addr', 'router', 'router/lib', 'finalhandler', ...latePackages]

const texts = CALLERS.map((folder) => pathOf(`node_modules/${folder}`)).flatMap((folder) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.js'))
    .map((file) => readFileSync(join(folder, file), 'utf8')),
)

/** The functions of a package that a module uses; the empty name for the package itself. */
function usesIn(text: string, name: string): string[] {
  const required = RegExp(`require\\('${name.replace('.', '\\.')}'\\)(?:\\.(\\w+)|\\((?=['"]))?`, 'g')
  return [...text.matchAll(required)].flatMap(({ 0: { length }, 1: member, index }) => {
    const variable = /(?:var|const) (\w+) = $/.exec(text.slice(0, index))?.[1]
    const isCalled = text[index + length - 1] === '('
    if (member !== undefined || variable === undefined || isCalled) return [member ?? '']
    const uses = text.slice(index + length).matchAll(RegExp(`(?<![\\w.])${variable}(?:\\.(\\w+)|(?=\\())`, 'g'))
    return [...uses].map(([, used = '']) => used)
  })
}

test.each(latePackages)('%s stands in with the functions that are called', (name) => {
  const used = [...new Set(texts.flatMap((text) => usesIn(text, name)))]
  const functions = LATE[name] ?? []
  expect(used).not.toEqual([])
  expect(used.filter((each) => !(functions.length > 0 ? functions : ['']).includes(each))).toEqual([])
})

import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import ts from 'typescript'
import { pathOf } from '../src/openapi/package-files.ts'

/** The options of the public functions. Editors show the text of an option where it is written. */
const OPTIONS = [
  ['createMock', 'src/mock/options.ts', 'MockOptions'],
  ['listen', 'src/index.ts', 'ListenOptions'],
  ['useMock', 'src/testing/test-mock.ts', 'TestingOptions'],
  ['runContract', 'src/contract/contract-options.ts', 'ContractOptions'],
  ['createMock({ upstream })', 'src/mock/upstream/upstream-options.ts', 'UpstreamOptions'],
] as const

interface Option {
  readonly name: string
  readonly type: string
  readonly text: string
}

function optionsIn(file: string, name: string): Option[] {
  const source = ts.createSourceFile(file, readFileSync(pathOf(file), 'utf8'), ts.ScriptTarget.Latest, true)
  const found = source.statements.filter(ts.isInterfaceDeclaration).find((one) => one.name.text === name)
  return [...(found?.members ?? [])].filter(ts.isPropertySignature).map((member) => ({
    name: member.name.getText(),
    type: member.type?.getText() ?? '',
    text: ts
      .getJSDocCommentsAndTags(member)
      .map((comment) => ts.getTextOfJSDocComment(comment.comment) ?? '')
      .join(' '),
  }))
}

/** The things that the numbers of options are amounts of, and what is counted otherwise. */
const UNIT = /\b(milliseconds|MB|bytes|MiB|number of|requests per second|sequences|seed|port)\b/i

test.each(OPTIONS)('each option of %s has a text, and each number has a unit', (_name, file, type) => {
  const options = optionsIn(file, type)
  expect(options.length).toBeGreaterThan(1)
  expect(options.filter(({ text }) => text === '')).toEqual([])
  expect(options.filter(({ type: value, text }) => value === 'number' && !UNIT.test(text))).toEqual([])
})

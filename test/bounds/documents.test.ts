import { expect, test } from '@jest/globals'
import { DocumentError } from '../../src/openapi/document-error.ts'
import { readYaml } from '../../src/openapi/read-yaml.ts'
import { expectSteadyGrowth } from './growth.test.support.ts'

/** Repeated by an unfinished edit, or by a tool that went wrong. Nearly each of them is an error at every place. */
const REPEATED = ['}', '{', '[a, ', '{a: 1, a: 2}', '"\\q" ', '- ', '!a ', '*a ', '}\n', 'a: 1\n', '\n---\n', '\r']

/** Reads a text; what is wrong with it is told. */
function readOrRefuse(text: string): void {
  try {
    readYaml(text, 'next.yaml')
  } catch (error) {
    expect(error).toBeInstanceOf(DocumentError)
  }
}

test.each(REPEATED)('a document with %j again and again takes the time that its length bounds', async (unit) => {
  await expectSteadyGrowth((size) => {
    const text = `openapi: 3.0.3\ninfo: { title: a, version: '1' }${unit.repeat(size / unit.length)}`
    return () => readOrRefuse(text)
  })
})

test('a text that is no YAML is refused with its line and column', () => {
  expect(() => readYaml('a: 1\nb: [1, 2', 'next.yaml')).toThrow(
    /^next\.yaml is not YAML: .* at line 2, column 9\. Fix it, or name another file\.$/,
  )
})

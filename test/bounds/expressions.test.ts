import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import ts from 'typescript'
import { pathOf } from '../../src/openapi/package-files.ts'
import { growthOf } from '../../src/openapi/patterns/growth.ts'

/** Look-behinds count as nothing in the analysis. */
const START_OF_RUN = 'the look-behind lets it begin at the start of a run of these characters only'

/** Expressions whose time can grow faster than their text, with the reason for which that does no harm. */
const ALLOWED: readonly { readonly expression: string; readonly reason: string }[] = [
  { expression: String.raw`/(?<!\/)\/+$/`, reason: START_OF_RUN },
  {
    expression: String.raw`/(?<![^\s"'])([^\s"'=<>/]+)(\s*=\s*)("[^"]*"|'[^']*')/g`,
    reason: START_OF_RUN,
  },
  { expression: String.raw`/(?<![\w-])eyJ[\w-]+(?:\.[\w-]+)+\.?/g`, reason: START_OF_RUN },
  { expression: String.raw`/(?<![\w.%[\]-])([\w.%[\]-]+)=/g`, reason: START_OF_RUN },
  { expression: String.raw`/^([^:]*):\s*(.*?)\s*$/s`, reason: 'a flag, of the person who runs the command' },
  ...[
    String.raw`/<\/[^>]*>$/`,
    String.raw`/\busername["']?\s*[:=>]\s*["']?([^"'\\<>&,}\s]+)["'<&,}\s]/g`,
    String.raw`/<(\w+)>([^<>&]*[a-z][^<>&]*)<\/\1>/gi`,
    String.raw`/^(.*?<\w+>)(.*)(<\/\w+>\s*)$/s`,
    String.raw`/<(\w+)>.*?<\/\1>/gs`,
    String.raw`/<category>.*?<\/category>/s`,
  ].map((expression) => ({ expression, reason: 'a body that the contract suite wrote itself' })),
  { expression: String.raw`/(?<!\d)\d+$/`, reason: START_OF_RUN },
  { expression: String.raw`/(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g`, reason: START_OF_RUN },
  { expression: String.raw`/(?<![\w.+~-])[\w.+~-]*%[\w.%+~-]*/g`, reason: START_OF_RUN },
  {
    expression: String.raw`/<((?:[\w.-]+:)?([\w.-]+))((?:\s[^<>]*)?)>([^<]*|<!\[CDATA\[[\s\S]{0,500}?\]\]>)(?=<\/)/g`,
    reason: 'it begins at a < and ends at the next one, or after 500 characters',
  },
  {
    expression: String.raw`/(^|[&?])([\w%.[\]-]+)=([^&\s"<>]*)/g`,
    reason: 'no run of it holds the sign at which it begins',
  },
  { expression: String.raw`/^\s+at .+\(.*:\d+:\d+\)/`, reason: 'a line of at most 500 characters' },
  {
    expression: String.raw`/"(?:\\.|[^"\\])*"/g`,
    reason: 'a text that was read as JSON before, so that each string in it ends',
  },
]

/** Files that put expressions together from texts; `hostile.test.ts` sends them the texts that hurt most. */
const PUT_TOGETHER: readonly string[] = [
  'src/contract/guard.ts',
  'src/contract/last-write.ts',
  'src/http/redaction/redact-multipart.ts',
  'src/http/redaction/secret-values.ts',
  'src/mock/faults/preferences.ts',
  'src/mock/upstream/scrub.ts',
  'src/openapi/codecs/header-parameters.ts',
  'src/openapi/codecs/part-headers.ts',
  'src/openapi/sample-pattern.ts',
]

const files = readdirSync(pathOf('src'), { recursive: true, encoding: 'utf8' })
  .map((file) => join('src', file))
  .filter((file) => file.endsWith('.ts') && !/\.test\.(support\.)?ts$|\/generated\//.test(file))

interface Found {
  readonly file: string
  readonly line: number
  readonly expression: string
}

function expressionsIn(file: string): Found[] {
  const source = ts.createSourceFile(file, readFileSync(pathOf(file), 'utf8'), ts.ScriptTarget.Latest)
  const found: Found[] = []
  const visit = (node: ts.Node) => {
    if (ts.isRegularExpressionLiteral(node)) {
      const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1
      found.push({ file, line, expression: node.text })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

const expressions = files.flatMap(expressionsIn)
const bodyOf = (literal: string) => literal.slice(1, literal.lastIndexOf('/'))
/** A sticky expression is tried at one place only. */
const anchored = (literal: string) => (/\/[a-z]*y[a-z]*$/.test(literal) ? `^(?:${bodyOf(literal)})` : bodyOf(literal))

test('the time of no expression in the sources grows faster than its text', () => {
  expect(expressions.length).toBeGreaterThan(80)
  const slow = expressions
    .map((found) => ({ ...found, growth: growthOf(anchored(found.expression)) }))
    .filter(({ growth, expression }) => growth !== 'linear' && !ALLOWED.some((one) => one.expression === expression))
  expect(slow).toEqual([])
})

test('each exception is still there', () => {
  const gone = ALLOWED.filter(({ expression }) => !expressions.some((found) => found.expression === expression))
  expect(gone).toEqual([])
})

test('expressions are put together in known files only', () => {
  const together = files.filter((file) => /\bnew RegExp\(|[^.\w]RegExp\(/.test(readFileSync(pathOf(file), 'utf8')))
  expect(together.sort()).toEqual(PUT_TOGETHER)
})

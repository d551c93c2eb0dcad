import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { pathOf } from '../src/openapi/package-files.ts'

/** A comment that begins like this is a riddle: "What a caller gets" for "The reply". */
const RIDDLE = /^(what|who|whoever|whom|whose|that which)\b/i

/** Words that had a meaning of their own in this repository. The usual words are in CONTRIBUTING.md. */
const BANNED =
  /^(planes|interferers?|encounter(s|ed|ing)?|courses?|admit(s|ted|ting)?|judg(e|es|ed|ing|ement|ment)|deliver(s|ed|ing|y)?|distort(s|ed|ing|ion)?|voices?|aim(s|ed|ing)?|pristine|issuers?|universes?|worlds?|retire[sd]?|retiring|occasions?)$/

/** Uses of such a word that are right, with the reason. */
const ALLOWED: readonly { readonly word: string; readonly file: RegExp; readonly reason: string }[] = [
  { word: 'admitted', file: /^src\/(mock|testing|ui)\//, reason: "a member of the journal's entries on the wire" },
  {
    word: 'judged',
    file: /^contract-tests\/mutants\/strangers\/hono\/variants\.mjs$/,
    reason: 'the sentence that allows or forbids a variant is quoted word for word',
  },
]

const FOLDERS = ['src', 'fixtures', 'scripts', 'bench', 'contract-tests', 'test', 'docs']
const NOT_OURS = /generated|plain-english|package\/consumer/

const files = [
  ...FOLDERS.flatMap((folder) =>
    readdirSync(pathOf(folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  ),
  ...readdirSync(pathOf('.')),
].filter((file) => /\.(tsx?|js|mjs|md|css|html)$/.test(file) && !NOT_OURS.test(file))

/** A room is a folder, or a folder in `src` or `contract-tests`. Files of the root are in the room `.`. */
const roomOf = (file: string): string => /^((src|contract-tests)\/[^/]+|[^/]+)(?=\/)/.exec(file)?.[0] ?? '.'

/** The first line of each comment. A comment is at the start of a line, or after code and a blank. */
const commentsOf = (text: string): string[] =>
  [...text.matchAll(/^\s*\/\*\*\s*(?:\*\s*)?(.*)|(?:^|\s)\/\/ (.*)$/gm)].map(([, block, line]) => block ?? line ?? '')

/** The words of a text in small letters. A name in camel case counts as several words. */
const wordsOf = (text: string): string[] =>
  text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z]+/)
    .map((word) => word.toLowerCase())

const isAllowed = (word: string, file: string) => ALLOWED.some((use) => use.word === word && use.file.test(file))

function findingsIn(file: string, text: string): string[] {
  const riddles = commentsOf(text).filter((comment) => RIDDLE.test(comment))
  const banned = new Set(wordsOf(`${file}\n${text}`).filter((word) => BANNED.test(word) && !isAllowed(word, file)))
  return [...riddles, ...banned].map((finding) => `${file}: ${finding}`)
}

for (const room of new Set(files.map(roomOf))) {
  test(`${room} has no riddle at the start of a comment, and no banned word`, () => {
    const own = files.filter((file) => roomOf(file) === room)
    expect(own.flatMap((file) => findingsIn(file, readFileSync(pathOf(file), 'utf8')))).toEqual([])
  })
}

test.each([
  ['/** What comes back. */', 'What comes back. */'],
  ['  /**\n   * Whoever asks.\n   */', 'Whoever asks.'],
  ['const a = 1 // who knows', 'who knows'],
  ['const courseOf = 1', 'course'],
  ['/** The pristine store. */', 'pristine'],
])('the scan finds %j', (text, finding) => {
  expect(findingsIn('a.ts', text)).toEqual([`a.ts: ${finding}`])
})

test('the scan passes plain English, a control plane and a URL with what in it', () => {
  expect(findingsIn('a.ts', "/** The control plane says what is left. */ const url = 'http://what.example'")).toEqual(
    [],
  )
})

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { type CurlRequest, type CurlStyle, curlCommand, KEY_VARIABLE } from './curl.ts'
import { printable } from './printable.ts'

const short: CurlStyle = { options: ['-i'], data: '--data-binary', impliesMethod: true, urlFirst: true }
const exact: CurlStyle = { options: ['--globoff'], data: '--data-raw', impliesMethod: false, urlFirst: false }
const url = 'http://h/v2/pet'

test.each([
  [short, { method: 'GET', url, headers: [] }, `curl -i '${url}'`],
  [exact, { method: 'GET', url, headers: [] }, `curl --globoff -X GET '${url}'`],
  [short, { method: 'HEAD', url, headers: [] }, `curl -i -I '${url}'`],
  [short, { method: 'POST', url, headers: [], body: '' }, `curl -i '${url}' --data-binary ''`],
  [short, { method: 'POST', url, headers: [] }, `curl -i -X POST '${url}'`],
  [
    short,
    { method: 'PUT', url, headers: [['api_key', { shell: KEY_VARIABLE }]], body: "it's $HOME" },
    `curl -i -X PUT '${url}' -H "api_key: $INBOXES_API_KEY" --data-binary 'it'\\''s $HOME'`,
  ],
  [
    exact,
    {
      method: 'POST',
      url,
      headers: [
        ['a', ''],
        ['content-type', null],
      ],
      body: new Uint8Array([0xff, 0]),
    },
    `echo /wA= | base64 -d | curl --globoff -X POST -H 'a;' -H 'content-type:' --data-binary @- '${url}'`,
  ],
] satisfies [CurlStyle, CurlRequest, string][])('with %j, %j is %s', (style, request, command) => {
  expect(curlCommand(request, style)).toBe(command)
})

/** Texts that a shell, curl or a terminal would read something into. */
const HOSTILE = [
  '$HOME `touch x` "q" \\ it\'s',
  `${KEY_VARIABLE}$(touch x)\${IFS}`,
  "'; touch x; '",
  'a\nb\n',
  '!! !x',
  '-o x',
  '@/etc/hostname',
  '~ * ? [a-c] {a,b} # & | < >',
  '%s %n \\047 \\x27',
  '\u001b[2J\u202e\u0007',
  '',
]

/** Runs a command of a folder in which `curl` prints its arguments and its input; gives both, and the files of the folder. */
function runInShell(command: string) {
  const folder = mkdtempSync(join(tmpdir(), 'inboxes-mock-'))
  try {
    const script =
      '#!/bin/sh\nfor word; do printf \'%s\\0\' "$word" >> words; done\ncase " $* " in *\' @- \'*) cat > input;; esac\n'
    writeFileSync(join(folder, 'curl'), script, { mode: 0o755 })
    const env = { PATH: `${folder}:${process.env.PATH}`, INBOXES_API_KEY: 'the key', HOME: '/home' }
    execFileSync('sh', ['-c', command], { cwd: folder, env })
    const files = readdirSync(folder).sort()
    const words = readFileSync(join(folder, 'words'), 'utf8').split('\0').slice(0, -1)
    return { words, files, input: files.includes('input') ? readFileSync(join(folder, 'input')) : undefined }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test.each(HOSTILE)('a shell gives curl %j as it is, and does nothing else', (text) => {
  const url = `http://h/${encodeURIComponent(text)}'$(touch x)`
  const headers = [
    ['api_key', { shell: KEY_VARIABLE }],
    ['x', text.replaceAll('\n', '') || 'y'],
  ] as const
  const command = curlCommand({ method: 'a|`touch', url, headers, body: text }, exact)
  const { words, input, files } = runInShell(command)
  expect(words.slice(0, 4)).toEqual(['--globoff', '-X', 'a|`touch', '-H'])
  expect(words).toEqual(expect.arrayContaining(['api_key: the key', `x: ${headers[1][1]}`, url]))
  expect(input?.toString() ?? words[words.indexOf('--data-raw') + 1]).toBe(text)
  expect(files.filter((file) => !['curl', 'words', 'input'].includes(file))).toEqual([])
  expect(command).toBe(printable(command, command.length))
})

test('with --data-binary a text that starts with @ names no file', () => {
  expect(curlCommand({ method: 'POST', url, headers: [], body: '@/etc/hostname' }, short)).toContain(
    `--data-raw '@/etc/hostname'`,
  )
})

test('bytes that are no text arrive as they are', () => {
  const body = Uint8Array.from([0, 255, 10, 39])
  expect(runInShell(curlCommand({ method: 'POST', url, headers: [], body }, exact)).input).toEqual(Buffer.from(body))
})

test('a text with NUL arrives as it is', () => {
  const { input } = runInShell(curlCommand({ method: 'POST', url, headers: [], body: 'a\0b\n\n' }, exact))
  expect(input?.toString()).toBe('a\0b\n\n')
})

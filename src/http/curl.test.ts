import { execFileSync } from 'node:child_process'
import { expect, test } from '@jest/globals'
import { type CurlRequest, type CurlStyle, curlCommand, KEY_VARIABLE, withKeyVariable } from './curl.ts'

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

test.each(['$HOME `id` "q" \\ it\'s', `k=${KEY_VARIABLE}&x=$HOME\`id\`"\\`, 'a\nb'])(
  'a shell reads only our variable in %j',
  (text) => {
    const command = curlCommand({ method: 'GET', url: withKeyVariable(text), headers: [] }, short)
    const env = { PATH: process.env.PATH ?? '', INBOXES_API_KEY: 'k', HOME: '/home' }
    const read = execFileSync('sh', ['-c', command.replace('curl -i', "printf '%s'")], { encoding: 'utf8', env })
    expect(read).toBe(text.replace(KEY_VARIABLE, 'k'))
  },
)

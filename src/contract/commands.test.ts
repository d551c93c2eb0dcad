import { expect, test } from '@jest/globals'
import { loadDocument } from '../openapi/load-document.ts'
import { pathOf } from '../openapi/package-files.ts'
import { cleanUpCommand, replayCommand } from './commands.ts'

const OPTIONS = { document: loadDocument(pathOf('openapi.yaml')), baseUrl: 'http://a.example/v2', now: () => 0 }
const AT = { baseUrl: OPTIONS.baseUrl, mode: 'full' } as const

test('a replay reaches the same server and sends the same, and secrets are variables', () => {
  const options = {
    ...OPTIONS,
    apiKey: 'secret-key',
    headers: { 'X-Team': 'secret-team' },
    mode: 'full',
    seed: 7,
    depth: 'thorough',
    only: ['getPetById'],
    fileFlags: ["--ca 'my ca.pem'"],
  } as const
  const command = replayCommand('status-1', options, AT)
  expect(command).toBe(
    'npx inboxes-mock contract replay status-1 --base-url http://a.example/v2 --api-key "$INBOXES_API_KEY" --header "X-Team: $X_TEAM" --ca \'my ca.pem\' --mode full --depth thorough --seed 7 --only getPetById',
  )
})

test('what the run did by default is not repeated', () => {
  expect(replayCommand('status-1', OPTIONS, AT)).toBe(
    'npx inboxes-mock contract replay status-1 --base-url http://a.example/v2',
  )
})

test('a server in the process of the run has no address, so the run is repeated', () => {
  const fetch = async () => new Response()
  expect(replayCommand('status-1', { ...OPTIONS, apiKey: 'k', fetch, seed: 7 }, AT)).toBe(
    'npx inboxes-mock contract --seed 7',
  )
})

test('the command that cleans up names the log', () => {
  expect(cleanUpCommand('my run.journal', { ...OPTIONS, headers: { Authorization: 'x' } })).toBe(
    'npx inboxes-mock contract cleanup \'my run.journal\' --header "Authorization: $AUTHORIZATION"',
  )
})

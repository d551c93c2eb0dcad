import { expect, test } from '@jest/globals'
import { spawnCli } from '../src/cli/process.test.support.ts'
import { buildVariant, VARIANTS } from './variants.ts'

test.each(VARIANTS)('the command without its device "$device" serves', async (variant) => {
  const { child, ended, firstLine } = spawnCli(['--port', '0', '--quiet', '--json'], {
    bin: await buildVariant(variant),
  })
  try {
    const url = String(JSON.parse(await firstLine()).url)
    for (const Accept of ['application/json', 'application/xml'])
      expect((await fetch(`${url}/pet/1`, { headers: { api_key: 'special-key', Accept } })).status).toBe(200)
  } finally {
    child.kill('SIGTERM')
    await ended
  }
})

import { readFileSync, writeFileSync } from 'node:fs'
import Module, { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { Script } from 'node:vm'
import { pathOf } from '../src/openapi/package-files.ts'

/**
 * Runs the command as its users do, has it answer one request, and writes what V8 compiled on the way. A process of its
 * own: the command ends it. The script's name goes into the cache, so it says nothing of the machine that builds.
 */
async function writeCache(): Promise<void> {
  const filename = pathOf('dist/bundle/cli-main.cjs')
  const script = new Script(Module.wrap(readFileSync(filename, 'latin1')), { filename: 'cli-main.cjs' })
  const url = readyUrl()
  process.argv = [process.execPath, filename, '--port', '0', '--quiet', '--json']
  script.runInThisContext()({}, createRequire(filename), { exports: {} }, filename, dirname(filename))
  const response = await fetch(`${await url}/pet/1`, { headers: { api_key: 'special-key' } })
  if (response.status !== 200) throw new Error(`The command answers ${response.status}.`)
  writeFileSync(pathOf('dist/bundle/cli-main.cache'), script.createCachedData())
  process.kill(process.pid, 'SIGTERM')
}

/** Takes the ready line from what the command would print. */
function readyUrl(): Promise<string> {
  return new Promise((resolve) => {
    process.stdout.write = (line) => {
      resolve(String(JSON.parse(String(line)).url))
      return true
    }
  })
}

await writeCache()

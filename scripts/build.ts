import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathOf } from '../src/openapi/package-files.ts'
import { buildPackage } from './build-package.ts'
import { compile } from './compile.js'
import { isFresh, STAMP, sourcesDigest } from './freshness.ts'
import { buildBeside, restore } from './swap.ts'
import { writeWords } from './words.ts'

/**
 * Builds the package into `dist`; with `--if-changed` only where `dist` is not of these sources. npm runs that as `postprepare`
 * after `npm ci` and `npm install` in a checkout, and as `prepack`. It is no `prepare` script: `npx inboxes-mock` in a
 * checkout links the checkout into a cache and would run `prepare`, and a Ctrl-C meanwhile breaks that cache.
 */
async function main(): Promise<void> {
  const dist = pathOf('dist')
  restore(dist)
  await writeWords()
  if (process.argv.includes('--if-changed') && isFresh(dist)) return
  const digest = sourcesDigest()
  say('Building the package: code, prepared data and types. This takes some 20 s.')
  await buildBeside(dist, async (folder) => {
    mkdirSync(join(folder, 'bundle'), { recursive: true })
    await Promise.all([
      timed('code and data', () => buildPackage(folder, digest)),
      timed('types', () => bundleTypes(join(folder, 'bundle'))),
    ])
    writeFileSync(join(folder, STAMP), digest)
  })
}

const say = (text: string) => process.stdout.write(`${text}\n`)

async function timed(name: string, work: () => Promise<void>): Promise<void> {
  const started = performance.now()
  await work()
  say(`Built ${name} in ${((performance.now() - started) / 1000).toFixed(1)} s.`)
}

/** TypeScript works without a pause, so it gets a process of its own beside the rest. */
async function bundleTypes(folder: string): Promise<void> {
  const child = spawn(process.execPath, [await compile('scripts/bundle-types.ts'), folder], { stdio: 'inherit' })
  const code = await new Promise((resolve) => child.once('exit', resolve))
  if (code !== 0) throw new Error('The types could not be built; the errors stand above.')
}

await main()

import { cpSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { pathOf } from '../../src/openapi/package-files.ts'
import { readResults } from '../../src/testing/project.test.support.ts'
import {
  type Ended,
  installNodes,
  installProject,
  NODES,
  npm,
  type Packed,
  packPackage,
  run,
  runWith,
} from './packed.ts'

const SOME_MINUTES = 600_000

let packed: Packed
beforeAll(async () => {
  packed = await packPackage()
}, SOME_MINUTES)
afterAll(() => packed?.remove())

describe('jest 29', () => {
  let project: string
  beforeAll(async () => {
    project = await installProject(packed, 'jest-29')
    cpSync(pathOf('test/package/consumer/use.cjs'), join(project, 'use.cjs'))
  }, SOME_MINUTES)

  const jest = (...args: readonly string[]) => run(project, process.execPath, 'node_modules/jest/bin/jest.js', ...args)

  test('in jsdom, which lacks URL.canParse, structuredClone, TextEncoder, AbortSignal.any and timers of Node, it works', async () => {
    const { code, err } = await jest('--env=jsdom', 'jsdom.test.js')
    expect([code, err]).toEqual([0, expect.not.stringContaining('Warning')])
  })

  test('with timers that are fake from the start, it works', async () => {
    const { code, err } = await jest('--config={"fakeTimers":{"enableGlobally":true}}', 'fake-timers.test.js')
    expect([code, err]).toEqual([0, expect.not.stringContaining('✕')])
  })

  test.each(['node', 'jsdom'])(
    'useMock in %s gives tests their addresses, and refuses tests that run at once',
    async (env) => {
      await jest(`--env=${env}`, '--json', '--outputFile=results.json', 'use-mock.test.js')
      const results = readResults(readFileSync(join(project, 'results.json'), 'utf8'))
      const passed = { passed: true, message: '' }
      const failed = (message: string) => ({ passed: false, message: expect.stringContaining(message) })
      expect(results).toEqual({
        'one changes its own state': passed,
        'two changes its own state': passed,
        'three runs beside others': passed,
        'four runs beside others': passed,
        'runs beside others without run': failed('Several tests run at once: wrap each in mock.run('),
        'asks against the document': failed('GET /v2/petz was refused with 404'),
        'asks without a session': failed('1 request came without a session'),
      })
    },
  )
})

describe('in a bundle', () => {
  let project: string
  beforeAll(async () => {
    project = await installProject(packed, 'bundlers')
  }, SOME_MINUTES)

  const node = (...args: readonly string[]) => run(project, process.execPath, ...args)
  const esbuild = (entry: string, file: string) =>
    node(
      'node_modules/esbuild/bin/esbuild',
      entry,
      ...['--bundle', '--platform=node', '--log-level=warning', `--outfile=${file}`],
      `--format=${file.endsWith('.mjs') ? 'esm' : 'cjs'}`,
    )
  const webpack = (entry: string, file: string) => node('webpack.cjs', `./${entry}`, file)

  test.each([
    ['esbuild', esbuild, 'use.mjs', 'esbuild.mjs'],
    ['esbuild', esbuild, 'use.mjs', 'esbuild.cjs'],
    ['esbuild', esbuild, 'use.cjs', 'esbuild-required.cjs'],
    ['webpack', webpack, 'use.mjs', 'webpack.cjs.cjs'],
    ['webpack', webpack, 'use.mjs', 'webpack.mjs'],
    ['webpack', webpack, 'use.cjs', 'webpack-required.cjs'],
  ])('of %s (%#) it finds its files, without a warning', async (_name, bundle, entry, file) => {
    expect(await bundle(entry, file)).toEqual({ code: 0, out: expect.any(String), err: '' })
    const { code, out, err } = await node(file)
    expect([code, err]).toEqual([0, ''])
    expect(JSON.parse(out)).toEqual({ statuses: [200, 200, 200, 400], problem: '', verdict: 'conforms', status: 200 })
  })

  test('that runs where the package is not, it says so in one sentence', async () => {
    await esbuild('use.mjs', 'alone.mjs')
    await esbuild('use.cjs', 'alone.cjs')
    const elsewhere = join(packed.folder, 'elsewhere')
    mkdirSync(elsewhere)
    for (const file of ['alone.mjs', 'alone.cjs']) cpSync(join(project, file), join(elsewhere, file))
    const { err } = await run(elsewhere, process.execPath, 'alone.mjs')
    expect(err).toMatch(/^Error: inboxes-mock is not installed where this bundle runs\. Install it there/m)
    const { err: required } = await run(elsewhere, process.execPath, 'alone.cjs')
    expect(required).toMatch(
      /^Error: inboxes-mock does not find its own files from .*elsewhere, .*--external:inboxes-mock/m,
    )
  })
})

describe("in Yarn's Plug'n'Play", () => {
  let project: string
  let yarn: (...args: readonly string[]) => Promise<Ended>
  beforeAll(async () => {
    const tools = join(packed.folder, 'yarn')
    cpSync(pathOf('test/package/yarn'), tools, { recursive: true })
    await npm(tools, 'ci', '--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts')
    project = join(tools, 'plug-n-play')
    cpSync(packed.tarball, join(project, 'inboxes-mock.tgz'))
    const registry = (await npm(tools, 'config', 'get', 'registry')).out.trim()
    const env = {
      YARN_NPM_REGISTRY_SERVER: registry,
      YARN_UNSAFE_HTTP_WHITELIST: new URL(registry).hostname,
      YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
      YARN_ENABLE_SCRIPTS: 'false',
      YARN_ENABLE_TELEMETRY: 'false',
      YARN_GLOBAL_FOLDER: join(packed.folder, 'yarn-global'),
      NODE_OPTIONS: undefined,
    }
    const script = join(tools, 'node_modules/@yarnpkg/cli-dist/bin/yarn.js')
    yarn = (...args) => runWith({ cwd: project, env }, process.execPath, script, ...args)
    const { code, out } = await yarn('install')
    if (code !== 0) throw new Error(out)
  }, SOME_MINUTES)

  test('the package is unpacked, and required', async () => {
    expect(await yarn('node', 'use.cjs')).toEqual({ code: 0, out: '', err: '' })
  })

  test('exec ends as its command does', async () => {
    const ask = `fetch(process.env.INBOXES_BASE_URL + '/store/order/1').then(({ status }) => process.exit(status === 200 ? Number(process.argv[1]) : 9))`
    for (const code of [0, 7])
      expect(await yarn('inboxes-mock', 'exec', '--quiet', '--', 'node', '-e', ask, String(code))).toMatchObject({
        code,
      })
  })

  test.each([
    ['vitest', ['vitest', 'run', 'use-mock.test.mjs']],
    ['jest', ['jest', 'use-mock.test.cjs']],
  ])('useMock starts in %s', async (_runner, args) => {
    const { code, out, err } = await yarn(...args)
    expect([code, out + err]).toEqual([0, expect.stringMatching(/1 passed/)])
  })

  test('contract checks the mock', async () => {
    expect(await yarn('inboxes-mock', 'contract', '--help')).toMatchObject({ code: 0 })
  })
})

const OLD = NODES.length > 0 ? ['node-14', 'node-16', 'node-18'] : []

describe('a Node that is too old', () => {
  let nodeOf: (name: string) => string
  let project: string
  beforeAll(async () => {
    nodeOf = await installNodes(packed, 'old-nodes')
    project = join(packed.folder, 'old')
    mkdirSync(project)
    await npm(project, 'install', '--no-save', '--offline', '--ignore-scripts', packed.tarball)
  }, SOME_MINUTES)

  const SENTENCE =
    /inboxes-mock needs Node 20\.19 or later, and this is Node 1\d\.[\d.]+: install a newer one \(https:\/\/nodejs\.org\)\./

  test.each(
    OLD.flatMap((name) =>
      [[], ['--version'], ['contract', '--help'], ['exec', '--', 'node']].map((args) => [name, args] as const),
    ),
  )('%s gets one sentence from the command with %j, and exit code 2', async (name, args) => {
    const bin = 'node_modules/inboxes-mock/dist/bundle/cli.cjs'
    const { code, out, err } = await run(project, nodeOf(name), bin, ...args)
    expect([code, out, err.trim().split('\n').length]).toEqual([2, '', 1])
    expect(err).toMatch(SENTENCE)
  })

  test.each(
    OLD.flatMap((name) =>
      [
        'inboxes-mock',
        'inboxes-mock/contract',
        'inboxes-mock/testing',
        'inboxes-mock/testing/jest',
        'inboxes-mock/testing/playwright',
      ].map((entry) => [name, entry] as const),
    ),
  )('%s gets one sentence from %s, required and imported', async (name, entry) => {
    const show = '(error) => console.log(error.message)'
    for (const code of [
      `try { require('${entry}') } catch (error) { (${show})(error) }`,
      `import('${entry}').catch(${show})`,
    ]) {
      const { out } = await run(project, nodeOf(name), '-e', code)
      expect(out).toMatch(SENTENCE)
      expect(out.trim().split('\n')).toHaveLength(1)
    }
  })
})

/** The build of Node that runs: no other may be given what V8 compiled in this one. */
export const nodeBuildOf = ({ version, platform, arch, config }: NodeJS.Process) =>
  JSON.stringify([version, platform, arch, Object.entries(config.variables).filter(([name]) => name.startsWith('v8_'))])

/**
 * What the published command starts with: it hands V8 the code that the build had it compile, so that nothing is compiled
 * again. V8 itself refuses a cache of another V8 or of other flags, but not one of another Node with the same V8: 20.19.0
 * crashes on one of 20.20.2. So any other Node compiles, and from 22.1 keeps by itself what it compiled
 * (`NODE_DISABLE_COMPILE_CACHE=1` has it keep nothing). To go back: only `require('./cli-main.cjs')`.
 */
export const LAUNCHER = `#!/usr/bin/env node
const { readFileSync } = require('node:fs')
const { enableCompileCache, wrap } = require('node:module')
const { join } = require('node:path')
const { Script, constants } = require('node:vm')
const nodeBuildOf = ${nodeBuildOf}
if (nodeBuildOf(process) === ${JSON.stringify(nodeBuildOf(process))}) {
  const filename = join(__dirname, 'cli-main.cjs')
  const script = new Script(wrap(readFileSync(filename, 'latin1')), {
    filename,
    cachedData: readFileSync(join(__dirname, 'cli-main.cache')),
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  })
  script.runInThisContext()(exports, require, module, filename, __dirname)
} else {
  enableCompileCache?.()
  require('./cli-main.cjs')
}
`

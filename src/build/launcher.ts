/**
 * What the published command starts with: it hands V8 the code that the build had it compile, so that nothing is compiled
 * again. V8 refuses a cache of another version, and then compiles as usual; later Node does this by itself
 * (`module.enableCompileCache`, from 22.1). To go back: let `bin` name `cli-main.cjs`.
 */
export const LAUNCHER = `#!/usr/bin/env node
const { readFileSync } = require('node:fs')
const { wrap } = require('node:module')
const { join } = require('node:path')
const { Script, constants } = require('node:vm')
const filename = join(__dirname, 'cli-main.cjs')
const script = new Script(wrap(readFileSync(filename, 'latin1').replace(/^#!.*/, '')), {
  filename,
  cachedData: readFileSync(join(__dirname, 'cli-main.cache')),
  importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
})
script.runInThisContext()(exports, require, module, filename, __dirname)
`

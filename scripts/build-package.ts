import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadAdminDocument } from '../src/mock/files/load-admin-document.ts'
import { loadDocument } from '../src/openapi/load-document.ts'
import { pathOf } from '../src/openapi/package-files.ts'
import { VALUE_OPTIONS, valuesDocument } from '../src/openapi/validators/value-validator.ts'
import { buildUi } from './build-ui.ts'
import { bundle, bundleLate } from './bundle.ts'
import { bundleForPages, type ForPages } from './bundle-browser.ts'
import { latePackages } from './late-packages.ts'
import { licencesOf } from './licences.ts'
import { prepareDocument } from './prepare-document.ts'
import { prepareValidators } from './prepare-validators.ts'
import { withoutNodeParts } from './without-node-parts.ts'

/** The packages that are loaded when they are needed, by the name that `loadPackage` knows, as an expression. */
const LATE: Readonly<Record<string, string>> = {
  'fast-check': `require('fast-check')`,
  yaml: `require('yaml')`,
  'express-openapi-validator': `{
    ...require('express-openapi-validator'),
    ...require('express-openapi-validator/dist/framework/openapi.schema.validator'),
    ajvFactory: require('express-openapi-validator/dist/framework/ajv/factory'),
  }`,
  'ajv-factory': `require('./express-openapi-validator.cjs').ajvFactory`,
  'openapi-schema': `require('./express-openapi-validator.cjs')`,
  ...Object.fromEntries(latePackages.map((name) => [name, `require('${name}')`])),
}

/** The words of the fixtures are copied from it (`npm run words`). */
const FAKER = 'node_modules/@faker-js/faker/package.json'

/**
 * Writes all that the package runs, reads and serves into a folder: `bundle/`, `prepared/` and `ui/`. Types come separately.
 * `sources` is the digest of the sources.
 */
export async function buildPackage(folder: string, sources: string): Promise<void> {
  const prepared = join(folder, 'prepared')
  const { inputs: prepareInputs, page } = await prepareDocuments(prepared)
  const inputs = [...(await bundleLatePackages(prepared)), ...prepareInputs]
  inputs.push(...(await bundleForPages(join(folder, 'bundle'), page)))
  inputs.push(...(await bundle(join(folder, 'bundle'), sources.slice(0, 8))))
  inputs.push(...(await buildUi(folder)))
  writeFileSync(join(folder, 'bundle/LICENSES.txt'), licencesOf([...inputs, FAKER]))
}

async function bundleLatePackages(folder: string): Promise<string[]> {
  const inputs = Object.entries(LATE).map(([name, value]) => bundleLate(folder, name, `module.exports = ${value}`))
  return (await Promise.all(inputs)).flat()
}

/** Reads the documents of the API and of the control plane, and compiles their validators, once for all starts. */
async function prepareDocuments(folder: string): Promise<{ inputs: string[]; page: ForPages }> {
  const path = pathOf('openapi.yaml')
  const document = loadDocument(path)
  const control = loadAdminDocument(document)
  const validators = await prepareValidators(document)
  const valueValidators = await prepareValidators(valuesDocument(document), VALUE_OPTIONS)
  const controlValidators = await prepareValidators(control.document)
  const inputs = [
    await bundleLate(folder, 'validators', validators),
    await bundleLate(folder, 'value-validators', valueValidators),
    await bundleLate(folder, 'admin-validators', controlValidators),
  ]
  writeFileSync(join(folder, 'document.json'), prepareDocument(readFileSync(path, 'utf8'), document))
  writeFileSync(join(folder, 'admin-document.json'), prepareDocument(control.text, control.document))
  const forPage = withoutNodeParts(control.document)
  const page = {
    api: { ...document, source: validators },
    // The control plane's replies are the same as in Node, where they are validated: a third of the bundle would be for them.
    admin: { ...forPage, source: await prepareValidators(forPage, {}, ['requests']) },
  }
  return { inputs: inputs.flat(), page }
}

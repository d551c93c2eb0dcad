import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { pathOf } from '../package-files.ts'
import { parseApiDocument } from '../spec/document.ts'
import { bundle, bundleLate } from './bundle.ts'
import { licencesOf } from './licences.ts'
import { prepareDocument } from './prepare-document.ts'
import { prepareFixtures } from './prepare-fixtures.ts'
import { prepareValidators } from './prepare-validators.ts'

/** The validator, and beside it the judge of documents that it keeps to itself: see `spec/judge-document.ts`. */
const VALIDATOR = `module.exports = {
  ...require('express-openapi-validator'),
  ...require('express-openapi-validator/dist/framework/openapi.schema.validator'),
}`

/** Does, once for all starts, what depends on the package alone. */
async function prepare(): Promise<void> {
  rmSync(pathOf('dist/prepared'), { recursive: true, force: true })
  mkdirSync(pathOf('dist/prepared'))
  const text = readFileSync(pathOf('openapi.yaml'), 'utf8')
  const validators = await prepareValidators(parseApiDocument(text, 'openapi.yaml'))
  const inputs = [
    ...(await bundleLate('validators', validators)),
    ...(await bundleLate('faker', `module.exports = require('@faker-js/faker/locale/en')`)),
    ...(await bundleLate('junit-report-builder', `module.exports = require('junit-report-builder')`)),
    ...(await bundleLate('fast-check', `module.exports = require('fast-check')`)),
    ...(await bundleLate('yaml', `module.exports = require('yaml')`)),
    ...(await bundleLate('express-openapi-validator', VALIDATOR)),
    ...(await bundle()),
  ]
  writeFileSync(pathOf('dist/prepared/document.json'), prepareDocument(text))
  writeFileSync(pathOf('dist/prepared/fixtures.json'), prepareFixtures())
  writeFileSync(pathOf('dist/bundle/LICENSES.txt'), licencesOf(inputs))
}

await prepare()

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { parseApiDocument } from '../src/openapi/document.ts'
import { pathOf } from '../src/openapi/package-files.ts'
import { bundle, bundleLate } from './bundle.ts'
import { latePackages } from './late-packages.ts'
import { licencesOf } from './licences.ts'
import { prepareDocument } from './prepare-document.ts'
import { prepareFixtures } from './prepare-fixtures.ts'
import { prepareValidators } from './prepare-validators.ts'

/** The validator, and beside it the judge of documents that it keeps to itself: see `openapi/check-document.ts`. */
const VALIDATOR = `{
  ...require('express-openapi-validator'),
  ...require('express-openapi-validator/dist/framework/openapi.schema.validator'),
}`

/** What is loaded when it is needed, by the name that it is asked for, as an expression. */
const LATE: Readonly<Record<string, string>> = {
  faker: `require('@faker-js/faker/locale/en')`,
  'junit-report-builder': `require('junit-report-builder')`,
  'fast-check': `require('fast-check')`,
  yaml: `require('yaml')`,
  'express-openapi-validator': VALIDATOR,
  ...Object.fromEntries(latePackages.map((name) => [name, `require('${name}')`])),
}

/** Does, once for all starts, what depends on the package alone. */
async function prepare(): Promise<void> {
  rmSync(pathOf('dist/prepared'), { recursive: true, force: true })
  mkdirSync(pathOf('dist/prepared'))
  const text = readFileSync(pathOf('openapi.yaml'), 'utf8')
  const validators = await prepareValidators(parseApiDocument(text, 'openapi.yaml'))
  const inputs = [...(await bundleLate('validators', validators)), ...(await bundle())]
  for (const [name, value] of Object.entries(LATE))
    inputs.push(...(await bundleLate(name, `module.exports = ${value}`)))
  writeFileSync(pathOf('dist/prepared/document.json'), prepareDocument(text))
  writeFileSync(pathOf('dist/prepared/fixtures.json'), prepareFixtures())
  writeFileSync(pathOf('dist/bundle/LICENSES.txt'), licencesOf(inputs))
}

await prepare()

import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { pathOf } from '../src/openapi/package-files.ts'
import { licencesOf } from './licences.ts'

const MODULES = 'node_modules'

test('a package is named with its version and licence, and comes with its text', () => {
  expect(licencesOf([`${MODULES}/ms/index.js`, `${MODULES}/ms/index.js`])).toMatch(
    /^ms 2\.\d+\.\d+ \(MIT\)\n\n.*MIT License.*Copyright \(c\) .*Vercel/s,
  )
})

test('our own files need none', () => {
  expect(licencesOf(['dist/src/cli/main.js', '<stdin>'])).toBe('')
})

test.each(['ajv', 'lodash.clonedeep', 'media-typer', 'json-schema-traverse'])(
  'the licence of %s ships, on which express-openapi-validator depends',
  (name) => {
    expect(licencesOf([`${MODULES}/express-openapi-validator/dist/index.js`])).toMatch(
      new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(\\w+\\)$`, 'm'),
    )
  },
)

test('a licence that is told in the old way counts, and so does a text that stands in the repository alone', () => {
  expect(licencesOf([`${MODULES}/busboy/lib/index.js`])).toContain('busboy 1.6.0 (MIT)')
  expect(licencesOf([`${MODULES}/saxes/saxes.js`])).toContain('saxes 6.0.0 (ISC)\n\nThe ISC License')
})

test('every licence that ships has a kind and a text, and comes once', () => {
  const shipped = readFileSync(pathOf('dist/bundle/LICENSES.txt'), 'utf8')
  const parts = shipped.split(/^(?=[@a-z][\w@/.-]* \d+\.\d+\.\d+\S* \()/m)
  expect(parts.length).toBeGreaterThan(80)
  expect(new Set(parts).size).toBe(parts.length)
  for (const part of parts)
    expect(part).toMatch(/^\S+ \S+ \((MIT|ISC|BSD-2-Clause|BSD-3-Clause|Python-2\.0)\)\n\n.{400}/s)
})

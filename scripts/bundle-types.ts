import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generateDtsBundle } from 'dts-bundle-generator'
import { pathOf } from '../src/openapi/package-files.ts'
import { ENTRIES } from './entries.ts'

/**
 * Writes the types of each entry into a folder: one file that needs no other for `require`, and one for `import` that exports
 * all of it, since TypeScript takes a declaration to be of one or the other by its name. Throws where the sources have type errors.
 */
function bundleTypes(folder: string): void {
  const sources = Object.values(ENTRIES).map(({ source }) => ({
    filePath: pathOf(source),
    output: { noBanner: true, exportReferencedTypes: false },
  }))
  const texts = generateDtsBundle(sources, { preferredConfigPath: pathOf('tsconfig.json') })
  for (const [index, name] of Object.keys(ENTRIES).entries()) {
    writeFileSync(join(folder, `${name}.d.cts`), texts[index] ?? '')
    writeFileSync(join(folder, `${name}.d.mts`), `export * from './${name}.cjs'\n`)
  }
}

const [, , folder = ''] = process.argv
bundleTypes(folder)

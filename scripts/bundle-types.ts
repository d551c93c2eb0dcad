import { writeFileSync } from 'node:fs'
import { generateDtsBundle } from 'dts-bundle-generator'
import { pathOf } from '../src/openapi/package-files.ts'

/**
 * Writes the types of what is imported from the package, given as name and declarations: one file that needs no other for
 * `import` and the same for `require`, since TypeScript takes a declaration to be of one or the other by its name.
 */
export function bundleTypes(declarations: Readonly<Record<string, string>>): void {
  const entries = Object.values(declarations).map((file) => ({
    filePath: pathOf(file),
    output: { noBanner: true, exportReferencedTypes: false },
  }))
  const texts = generateDtsBundle(entries, { preferredConfigPath: pathOf('tsconfig.json') })
  for (const [index, name] of Object.keys(declarations).entries()) {
    for (const kind of ['mts', 'cts']) writeFileSync(pathOf(`dist/bundle/${name}.d.${kind}`), texts[index] ?? '')
  }
}

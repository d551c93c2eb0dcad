import { readdirSync, readFileSync } from 'node:fs'
import { pathOf } from '../package-files.ts'

/** The licences of the packages whose files went into the bundles, each under the package's name and version. */
export function licencesOf(inputs: readonly string[]): string {
  const folders = inputs.flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? [])
  return [...new Set(folders)].sort().map(licenceOf).join('\n\n')
}

function licenceOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(pathOf(`${folder}/package.json`), 'utf8'))
  const files = readdirSync(pathOf(folder)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
  const texts = files.map((file) => readFileSync(pathOf(`${folder}/${file}`), 'utf8').trim())
  return [`${name} ${version} (${license})`, ...texts].join('\n\n')
}

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { pathOf } from '../src/openapi/package-files.ts'

/** The licence members of a package.json. Before 2013 the member was `licenses`. */
interface Manifest {
  readonly name: string
  readonly version: string
  readonly license?: string
  readonly licenses?: readonly { readonly type: string }[]
  readonly dependencies?: Readonly<Record<string, string>>
}

const TEXT = /^(licen[cs]e|copying|notice|third.?party)/i

/**
 * The licences, each under its package's name and version, of the packages whose files went into the bundles and of all that
 * these depend on: the build of a package may have bundled those. Throws if a package brings no text.
 */
export function licencesOf(inputs: readonly string[]): string {
  const folders = inputs.flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? [])
  return [...withDependencies(folders)].sort().map(licenceOf).join('\n\n')
}

function withDependencies(folders: readonly string[]): Set<string> {
  const all = new Set(folders)
  // A Set that grows while it is walked is walked to its new end.
  for (const folder of all) for (const name of dependenciesOf(folder)) all.add(folderOf(name, folder))
  return all
}

/** Packages of types have nothing that could be in a bundle. */
const dependenciesOf = (folder: string) =>
  Object.keys(readManifest(folder).dependencies ?? {}).filter((name) => !name.startsWith('@types/'))

/** Where Node finds a package that one in `from` asks for. */
function folderOf(name: string, from: string): string {
  const folder = posix.join(from, 'node_modules', name)
  if (existsSync(pathOf(folder))) return folder
  if (from === '.') throw new Error(`${name} is not installed.`)
  return folderOf(name, posix.dirname(from))
}

function licenceOf(folder: string): string {
  const { name, version, license, licenses = [] } = readManifest(folder)
  const files = readdirSync(pathOf(folder)).filter((file) => TEXT.test(file))
  const texts = files.length > 0 ? files.map((file) => `${folder}/${file}`) : [`scripts/licence-texts/${name}.txt`]
  if (!texts.every((file) => existsSync(pathOf(file))))
    throw new Error(`${name} ${version} brings no licence text. Put the one of its repository into ${texts[0]}`)
  const kind = license ?? licenses.map(({ type }) => type).join(', ')
  return [`${name} ${version} (${kind})`, ...texts.map((file) => readFileSync(pathOf(file), 'utf8').trim())].join(
    '\n\n',
  )
}

const readManifest = (folder: string) => JSON.parse(readFileSync(pathOf(`${folder}/package.json`), 'utf8')) as Manifest

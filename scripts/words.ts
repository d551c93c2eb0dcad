import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { pathOf } from '../src/openapi/package-files.ts'

/**
 * Writes the lists of the installed @faker-js/faker that the fixtures draw from, each as one text: engines read it faster
 * than a list. The file is not kept in the repository. One of the same version is left as it is.
 */
export async function writeWords(): Promise<void> {
  const file = pathOf('fixtures/generated/words.ts')
  const { version } = JSON.parse(readFileSync(pathOf('node_modules/@faker-js/faker/package.json'), 'utf8'))
  const head = `// Written by \`npm run words\` from @faker-js/faker ${version} (MIT, see LICENSES.txt). Do not edit.\n`
  if (existsSync(file) && readFileSync(file, 'utf8').startsWith(head)) return
  const lines = Object.entries(await listsOfFaker()).map(
    ([name, words]) => `export const ${name} = ${JSON.stringify(words?.join(','))}.split(',')\n`,
  )
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, head + lines.join(''))
}

/** The lists of the installed faker, by the names that the fixtures import. */
export async function listsOfFaker(): Promise<Readonly<Record<string, readonly string[] | null | undefined>>> {
  const { faker } = await import('@faker-js/faker/locale/en')
  const { word, animal, person } = faker.rawDefinitions
  return {
    ADJECTIVES: word?.adjective,
    NOUNS: word?.noun,
    PET_NAMES: animal?.pet_name,
    FEMALE_NAMES: person?.first_name?.female,
    MALE_NAMES: person?.first_name?.male,
    NEUTRAL_NAMES: person?.first_name?.generic,
    LAST_NAMES: person?.last_name?.generic,
  }
}

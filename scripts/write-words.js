import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { faker } from '@faker-js/faker/locale/en'

const FILE = fileURLToPath(new URL('../fixtures/generated/words.ts', import.meta.url))

const { word, animal, person } = faker.rawDefinitions

const LISTS = {
  ADJECTIVES: word.adjective,
  NOUNS: word.noun,
  PET_NAMES: animal.pet_name,
  FEMALE_NAMES: person.first_name.female,
  MALE_NAMES: person.first_name.male,
  NEUTRAL_NAMES: person.first_name.generic,
  LAST_NAMES: person.last_name.generic,
}

/** Writes the lists of @faker-js/faker that the fixtures draw from, each as one text: engines read it faster than a list. */
const lines = Object.entries(LISTS).map(
  ([name, words]) => `export const ${name} = ${JSON.stringify(words.join(','))}.split(',')`,
)
mkdirSync(dirname(FILE), { recursive: true })
writeFileSync(FILE, `// Written by \`npm run words\` from @faker-js/faker (MIT). Do not edit.\n${lines.join('\n')}\n`)

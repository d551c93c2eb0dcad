import { expect, test } from '@jest/globals'
import { readXml } from '../../openapi/codecs/read-xml.ts'
import { writeXml } from '../../openapi/codecs/write-xml.ts'
import { loadDocument } from '../../openapi/load-document.ts'
import { pathOf } from '../../openapi/package-files.ts'
import { XML_TYPE } from '../cases/encode-body.ts'
import { accepts, wantedType } from './accepts.ts'
import { encodedKeys } from './basic-keys.ts'
import { bodies } from './bodies.ts'
import { acceptEncodings, refusedCodings } from './codings.ts'
import { cross } from './crossing.ts'
import { ids } from './ids.ts'
import { forgedKeys, rightKeys } from './keys.ts'
import { otherMediaTypes, sameMediaTypes } from './media-types.ts'
import { NAME_SPELLINGS, NAMES, SPELLED } from './names.ts'
import { openingHeaders } from './opening-headers.ts'
import { otherMethods } from './other-methods.ts'
import { spellings, spellingsWithoutKey } from './path-spellings.ts'
import { placesOfKeys } from './places-of-keys.ts'
import { ALL_TEXTS, LADDER, LONG_TEXTS, TEXTS } from './texts.ts'
import { type Plain, type Variation, vary } from './variation.ts'

const { operations } = loadDocument(pathOf('openapi.yaml'))
const operationOf = (id: string) => {
  const found = operations.find((operation) => operation.id === id)
  if (!found) throw new Error(`The document has no ${id}.`)
  return found
}

const TABLES: Readonly<Record<string, readonly Variation[]>> = {
  accepts,
  acceptEncodings,
  bodies,
  forgedKeys,
  ids,
  openingHeaders,
  otherMediaTypes,
  otherMethods,
  placesOfKeys,
  rightKeys,
  sameMediaTypes,
  spellings,
  spellingsWithoutKey,
}

test.each(Object.entries(TABLES))('the rows of %s have names of their own', (_name, ways) => {
  const names = ways.map(({ about }) => about)
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
})

test('names and texts are there once', () => {
  for (const texts of [NAMES, [...TEXTS, ...LONG_TEXTS]].map((rows) => rows.map(({ text }) => text)))
    expect(new Set(texts).size).toBe(texts.length)
})

const often: Variation = { about: 'often', demand: 'open', change: () => ({}) }
const rare: Variation = { ...often, about: 'rare', isRare: true }
const crossed = (depth: 'quick' | 'usual' | 'thorough', seed = 1) =>
  cross([often, rare], operations, { depth, seed }).map(({ way }) => way.about)

test('a thorough run crosses each way with each operation, a usual one a rare way with one of them, a quick one with none', () => {
  const count = (list: readonly string[], name: string) => list.filter((about) => about === name).length
  expect([count(crossed('thorough'), 'often'), count(crossed('thorough'), 'rare')]).toEqual([19, 19])
  expect([count(crossed('usual'), 'often'), count(crossed('usual'), 'rare')]).toEqual([19, 1])
  expect([count(crossed('quick'), 'often'), count(crossed('quick'), 'rare')]).toEqual([19, 0])
})

test('with as many seeds as operations, a rare way is tried on each of them', () => {
  const tried = operations.flatMap((_operation, seed) =>
    cross([rare], operations, { depth: 'usual', seed }).map(({ operation }) => operation.id),
  )
  expect(new Set(tried).size).toBe(19)
})

const plain: Plain = {
  operation: operationOf('updatePet'),
  sending: { json: { id: 1, name: 'a' }, query: 'a=b', headers: { Accept: 'text/html' } },
  key: 'special-key',
  isThere: true,
  record: { id: 1, name: 'a' },
}

test('a way changes the plain request, and keeps the rest of it', () => {
  const way: Variation = {
    ...often,
    demand: 'closed',
    change: () => ({ query: 'c=d', headers: { Cookie: 'e' }, body: 'f' }),
  }
  expect(vary(way, plain)).toEqual({
    query: 'a=b&c=d',
    headers: { Accept: 'text/html', Cookie: 'e' },
    body: 'f',
    type: 'application/json',
    about: 'often',
    expect: 'closed',
  })
  expect(vary({ ...way, change: () => ({ method: 'GET' }) }, plain)).not.toHaveProperty('json')
  expect(vary({ ...way, change: () => undefined }, plain)).toBeUndefined()
})

test('XML in each valid spelling says the same', () => {
  const { requestBody } = plain.operation
  const schema = requestBody?.content[XML_TYPE]
  if (!schema) throw new Error('The operation takes no XML.')
  const pet = {
    id: 7,
    category: { name: 'Cats' },
    name: 'Zoë 🦜',
    photoUrls: ['first', 'second'],
    tags: [{ id: 1, name: 'calm' }, { name: 'old' }],
    status: 'sold',
  }
  const inXml: Plain = { ...plain, sending: { body: writeXml(pet, schema, 'Pet'), type: XML_TYPE }, record: pet }
  const written = bodies.filter(({ demand }) => demand === 'accepted').flatMap((way) => vary(way, inXml)?.body ?? [])
  expect(new Set(written.map(String)).size).toBeGreaterThan(14)
  expect(written.map((text) => readXml(String(text), schema).value)).toEqual(written.map(() => pet))
})

test('each spelling of a name is another name, and no two are the same', () => {
  const names = [SPELLED, ...NAME_SPELLINGS.map(({ spell }) => spell(SPELLED))]
  expect(new Set(names).size).toBe(names.length)
})

test('long texts come from the longest to the shortest', () => {
  const lengths = LADDER.map(({ length }) => length)
  expect(lengths).toEqual(lengths.toSorted((a, b) => b - a))
  expect(ALL_TEXTS).toContain('&amp;')
  expect(ALL_TEXTS).toContain('%2B')
})

const PAST_THE_KEY = [placesOfKeys, forgedKeys, spellingsWithoutKey, openingHeaders, otherMethods].flat()

test('no way past the key sends the key in its header', () => {
  const sent = PAST_THE_KEY.flatMap((way) => vary(way, plain) ?? [])
  expect(sent.length).toBeGreaterThan(100)
  expect(sent.filter((sending) => sending.key === undefined || sending.key.value === plain.key)).toEqual([])
  expect(new Set(sent.map((sending) => sending.expect))).toEqual(new Set(['closed']))
})

test('a key in base64 is among the forms that no output shows', () => {
  const sent = placesOfKeys.flatMap((way) => vary(way, plain)?.headers?.Authorization ?? [])
  const encoded = sent.filter((value) => value.startsWith('Basic ')).map((value) => value.slice(6))
  expect(encoded).toHaveLength(3)
  expect(encoded.filter((value) => !encodedKeys('special-key').includes(value))).toEqual([])
})

test.each([
  ['application/xml, application/json;q=0', { type: 'application/xml', isOnly: true }],
  ['application/xml, */*;q=0.1', { type: 'application/xml', isOnly: false }],
  ['*/*', undefined],
])('Accept: %s wants %j', (accept, wanted) => {
  expect(wantedType(accept)).toEqual(wanted)
})

test('only codings that an Accept-Encoding of the table leaves out or refuses are refused', () => {
  expect(refusedCodings('gzip;q=0')).toContain('gzip')
  expect(refusedCodings('gzip')).not.toContain('gzip')
  expect(refusedCodings('gzip, deflate, br')).toEqual([])
})

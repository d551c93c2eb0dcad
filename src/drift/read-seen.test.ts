import { expect, test } from '@jest/globals'
import type { Interaction } from '../contract/interaction.ts'
import { loadDocument } from '../openapi/load-document.ts'
import { pathOf } from '../openapi/package-files.ts'
import { readSeen } from './read-seen.ts'

const { operations } = loadDocument(pathOf('openapi.yaml'))
const operation = operations.find(({ id }) => id === 'findPetsByStatus')

/** The list as it is seen, in a media type. */
function seenList(type: string, text: string) {
  const interaction: Interaction = {
    request: { method: 'GET', path: '/pet/findByStatus?status=sold', headers: {} },
    answer: { status: 200, headers: { 'content-type': type }, bytes: Buffer.from(text) },
    ...{ failure: '', ms: 1, operation, expectation: 'success', about: 'a list', gives: [] },
    ...{ value: undefined, problems: [], bodyBreaches: [], headerBreaches: {} },
  }
  return readSeen(interaction, { baseUrl: 'http://live.example', hide: (text) => text, maxBytes: 100_000_000 })
}

const COUNT = 20_000

test('of a long list the first items are kept in outline, and all are counted', () => {
  const items = Array.from({ length: COUNT }, (_, id) => ({ id, name: 'x', status: 'sold', breed: 'poodle' }))
  const seen = seenList('application/json', JSON.stringify(items))
  expect(seen?.list).toMatchObject({ length: COUNT, hasIds: true, statuses: ['sold'] })
  expect(seen?.raw).toHaveLength(200)
  expect(Object(seen?.raw)[0]).toEqual({ id: 0, name: true, status: 'sold', breed: true })
  expect(seen?.extra).toEqual([{ name: 'breed', type: 'string' }])
})

// The hundred thousandth byte is inside of a name.
test('a long list in XML has the elements of a short one', () => {
  const xml = (count: number) => `<Pets>${'<Pet><id>1</id><status>spent</status></Pet>'.repeat(count)}</Pets>`
  expect(seenList('application/xml', xml(COUNT))?.elements).toEqual(seenList('application/xml', xml(1))?.elements)
})

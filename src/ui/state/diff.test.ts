import { expect, test } from '@jest/globals'
import { differences } from './diff.ts'
import { cellText, picturesOf } from './records.ts'

test('the smallest parts that differ are told', () => {
  const before = { id: 1, name: 'a', tags: [{ id: 1 }, { id: 2 }], old: true }
  const after = { id: 1, name: 'b', tags: [{ id: 1 }, { id: 3 }], 'n/w': null }
  expect(differences(before, after)).toEqual([
    { pointer: '/name', before: 'a', after: 'b' },
    { pointer: '/tags/1/id', before: 2, after: 3 },
    { pointer: '/old', before: true, after: undefined },
    { pointer: '/n~1w', before: undefined, after: null },
  ])
  expect(differences(before, before)).toEqual([])
  expect(differences([1], { 0: 1 })).toHaveLength(1)
})

test('pictures are those that are data, and a cell has the texts of all members', () => {
  const records = [
    { id: 1, name: 'Zoë', category: { name: 'dogs' } },
    { id: 2, photoUrls: ['data:image/png;base64,dogs', 'https://host.example/a.png', 7] },
  ]
  expect(records.map(picturesOf)).toEqual([[], ['data:image/png;base64,dogs']])
  expect(cellText([{ id: 1, name: 'tag1' }, null])).toBe('1 tag1, ')
})

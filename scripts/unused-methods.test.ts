import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type BTreeModule from 'sorted-btree'
import { CALLED } from './bundle-browser.ts'
import { withoutUnusedMethods } from './unused-methods.ts'

type Tree = BTreeModule.default<number, number>
type Construct = new (entries: undefined, compare: (a: number, b: number) => number) => Tree

const file = createRequire(import.meta.url).resolve('sorted-btree/b+tree.js')
const source = readFileSync(file, 'utf8')
const short = withoutUnusedMethods(source, CALLED)

function load(text: string): Construct {
  const exports: { default?: Construct } = {}
  new Function('exports', text)(exports)
  if (exports.default === undefined) throw new Error('The module has no default export.')
  return exports.default
}

const [Whole, Short] = [load(source), load(short)]
const compare = (a: number, b: number) => a - b
const steps = fc.array(fc.tuple(fc.constantFrom('set', 'delete', 'clone'), fc.integer({ min: 0, max: 500 })), {
  maxLength: 20,
})

/** The content of trees after the same steps, read in every way in which our code reads them. */
function played(Tree: Construct, done: readonly (readonly [string, number])[]) {
  let tree = new Tree(undefined, compare)
  const trees = [tree]
  for (const [step, key] of done) {
    if (step === 'set') for (let number = key; number < key + 50; number++) tree.set(number, -number)
    if (step === 'delete') for (let number = key; number < key + 20; number++) tree.delete(number)
    if (step !== 'clone') continue
    tree = tree.clone()
    trees.push(tree)
  }
  return trees.map((one) => [one.size, [...one.entries()], [...one.keys()], one.keysArray(), one.has(7), one.get(9)])
}

test('a tree without the methods that nothing calls does what the whole one does', () => {
  fc.assert(
    fc.property(steps, (done) => expect(played(Short, done)).toEqual(played(Whole, done))),
    { numRuns: 30 },
  )
})

test('a fifth of the package goes', () => {
  expect(short.length).toBeLessThan(source.length * 0.8)
  expect(Object.keys(Short.prototype)).toEqual(expect.arrayContaining([...CALLED]))
  expect(Object.keys(Short.prototype)).not.toContain('mapValues')
})

test('a method that is not there stops the build', () => {
  expect(() => withoutUnusedMethods(source, ['gett'])).toThrow('sorted-btree has no method gett.')
})

import type { Run } from '../contract/run.ts'
import { EVERY_MODE, FULL, type Scenario, WRITING } from '../contract/scenarios/scenario.ts'

/** Reads with a query that the document does not name. */
const reading: Scenario = {
  name: 'what the document leaves open in reading',
  operations: ['getInventory', 'findPetsByStatus'],
  modes: EVERY_MODE,
  run: async (run) => {
    await run.send('findPetsByStatus', {
      query: 'status=sold&unknown-to-all=1',
      accept: 'application/json',
      expect: 'any',
      about: 'a query parameter that the document does not name',
    })
    await run.send('getInventory', { accept: 'image/x-drift', expect: 'any', about: 'an Accept that cannot be met' })
  },
}

/** Writes to users of its own what no request of the plan shows. */
const writing: Scenario = {
  name: 'what the document leaves open in writing',
  operations: ['createUser', 'getUserByName', 'updateUser', 'addDomain'],
  modes: WRITING,
  run: async (run) => {
    const username = `${run.prefix}probe`
    const json = { username, password: 'p', firstName: 'Zoe\u0308' }
    await run.send('createUser', { json, expect: 'any', about: 'a user to probe with' })
    await run.send('getUserByName', {
      path: { username },
      accept: 'application/json',
      expect: 'any',
      about: 'the user to probe with',
    })
    await run.send('createUser', { json, expect: 'any', about: 'a username that is taken' })
    await tryAnotherName(run, username)
    await run.send('createUser', {
      json: { ...json, username: `${username}2`, unknownToAll: 1 },
      expect: 'any',
      about: 'a user with a property that the document does not name',
    })
    await run.send('addDomain', {
      json: { name: 7, of: run.prefix },
      key: { value: null },
      // The body may be refused before the key is missed.
      expect: 'closed',
      about: 'an invalid body without a key',
    })
  },
}

/** The name of a domain in capitals. The API cannot remove domains. */
const capitals: Scenario = {
  name: 'the letter case of domains',
  operations: ['addDomain'],
  modes: FULL,
  run: async (run) => {
    const json = { name: `${run.prefix}Capitals.example` }
    await run.send('addDomain', { json, accept: 'application/json', expect: 'any', about: 'a domain in capitals' })
  },
}

/** The path names the user, and the body names it otherwise. */
async function tryAnotherName(run: Run, username: string): Promise<void> {
  const path = { username }
  const json = { username: `${username}3`, firstName: 'f' }
  await run.send('updateUser', { path, json, expect: 'any', about: 'an update with another name' })
  await run.send('getUserByName', { path, expect: 'any', about: 'a user after an update with another name' })
  await run.send('deleteUser', {
    path: { username: json.username },
    expect: 'any',
    about: 'the user of the other name',
  })
}

/** Requests besides the plan, for decisions that none of its requests shows. */
export const PROBES: readonly Scenario[] = [reading, writing, capitals]

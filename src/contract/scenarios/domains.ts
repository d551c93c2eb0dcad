import { readBack } from '../checks/read-back.ts'
import { uniqueIds } from '../checks/unique-ids.ts'
import { type Interaction, isSuccess } from '../interaction.ts'
import type { Run } from '../run.ts'
import { type Scenario, WRITING } from './scenario.ts'

const LABELS = ['one', 'two'] as const

/** Names the records that owned mode would leave behind, since the API cannot remove them. */
export const leftoversOf = (prefix: string): readonly string[] => [
  `domains (${LABELS.map((label) => nameOf(prefix, label)).join(', ')})`,
  'orders to which the server gives no integer id',
]

/** Adds two domains. The API cannot remove them, so owned mode needs --allow-leftovers. */
export const domains: Scenario = {
  name: 'domains',
  operations: ['addDomain'],
  modes: WRITING,
  run: async (run) => {
    if (run.mode === 'owned' && !run.allowLeftovers) {
      return run.skip('No domain was added, since the API cannot remove it. Allow it by --allow-leftovers.')
    }
    const first = await add(run, 'one')
    const second = await add(run, 'two')
    await addAgain(run, 'one')
    const [one, two] = [idOf(first), idOf(second)]
    if (one === undefined || two === undefined) return
    run.check(uniqueIds, second, uniqueIds.different('domain', one, two))
  },
}

const idOf = ({ value }: Interaction): unknown => Object(value).id

/** The document does not say how a taken name is answered, so any answer but a 5XX is fine. */
async function addAgain(run: Run, label: string): Promise<void> {
  await run.send('addDomain', {
    json: { name: nameOf(run.prefix, label) },
    expect: 'any',
    about: 'a domain that is there',
  })
}

const nameOf = (prefix: string, label: string) => `${prefix.toLowerCase()}${label}.example`

async function add(run: Run, label: string): Promise<Interaction> {
  const name = nameOf(run.prefix, label)
  const interaction = await run.send('addDomain', { json: { name }, accept: 'application/json', about: 'a domain' })
  const came = Object(interaction.value).name
  if (isSuccess(interaction) && came !== undefined)
    run.check(readBack, interaction, readBack.named('a domain', name, came, run.habits.toleranceFor('domain')))
  return interaction
}

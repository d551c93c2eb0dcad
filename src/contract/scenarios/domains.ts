import { type Exchange, isSuccess } from '../interaction.ts'
import type { Session } from '../run.ts'
import { type Scenario, WRITING } from './scenario.ts'

const LABELS = ['one', 'two'] as const

/** What owned mode would leave behind since the API cannot remove it. */
export const leftoversOf = (prefix: string): readonly string[] => [
  `domains (${LABELS.map((label) => nameOf(prefix, label)).join(', ')})`,
  'orders to which the server gives no integer id',
]

/** Adds two domains. They cannot be removed again, so that owned mode asks first. */
export const domains: Scenario = {
  name: 'domains',
  operations: ['addDomain'],
  modes: WRITING,
  run: async (session) => {
    if (session.mode === 'owned' && !session.allowLeftovers) {
      return session.skip('Domains were not added: the API cannot remove them. Allow it by --allow-leftovers.')
    }
    const first = await add(session, 'one')
    const second = await add(session, 'two')
    await addAgain(session, 'one')
    const [one, two] = [idOf(first), idOf(second)]
    if (one === undefined || two === undefined) return
    session.check('unique-ids', second, one !== two, () => ({
      place: 'ids of two domains',
      expected: 'another id for each domain',
      actual: String(two),
    }))
  },
}

const idOf = ({ value }: Exchange): unknown => Object(value).id

/** What becomes of a name that is taken is not documented; the server must not fail. */
async function addAgain(session: Session, label: string): Promise<void> {
  await session.send('addDomain', {
    json: { name: nameOf(session.prefix, label) },
    expect: 'any',
    about: 'a domain that is there',
  })
}

const nameOf = (prefix: string, label: string) => `${prefix.toLowerCase()}${label}.example`

async function add(session: Session, label: string): Promise<Exchange> {
  const name = nameOf(session.prefix, label)
  const exchange = await session.send('addDomain', { json: { name }, accept: 'application/json', about: 'a domain' })
  const came = Object(exchange.value).name
  if (isSuccess(exchange) && came !== undefined)
    session.check('read-back', exchange, came === name, () => ({
      place: 'the name of a domain',
      expected: name,
      actual: String(came),
    }))
  return exchange
}

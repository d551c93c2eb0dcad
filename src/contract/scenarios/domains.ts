import { JSON_TYPE } from '../cases/encode-body.ts'
import { readBack } from '../checks/read-back.ts'
import { uniqueIds } from '../checks/unique-ids.ts'
import { type Interaction, isSuccess } from '../interaction.ts'
import type { Run } from '../run.ts'
import { type Scenario, WRITING } from './scenario.ts'

const LABELS = ['one', 'two'] as const

/** Names the records that owned mode would leave behind, since the API cannot remove them. */
export const leftoversOf = (prefix: string): readonly string[] => [
  `domains (${LABELS.map((label) => nameOf(prefix, label)).join(', ')}, and others with this prefix)`,
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
    for (const row of FORMS) await addForm(run, row)
    if (run.mode === 'full' && run.depth !== 'quick') await addNameless(run)
    const [one, two] = [idOf(first), idOf(second)]
    if (one === undefined || two === undefined) return
    run.check(uniqueIds, second, uniqueIds.different('domain', one, two))
  },
}

/** Bodies that the document allows, though a server may want a name that is not blank. */
const NAMELESS = [
  ['without a name', {}],
  ['with an empty name', { name: '' }],
  ['with a blank name', { name: ' ' }],
] as const

/** Any answer but a 5XX is fine. */
async function addNameless(run: Run): Promise<void> {
  for (const [about, json] of NAMELESS) await run.send('addDomain', { json, expect: 'any', about: `a domain ${about}` })
}

/** A name of a domain, made from the prefix of the run. */
interface NameForm {
  readonly about: string
  readonly make: (prefix: string) => string
  /** False for names that a server may well refuse: it may want a name that DNS knows, or no part of another domain. */
  readonly isUsual: boolean
}

const form = (about: string, make: NameForm['make'], isUsual = true): NameForm => ({ about, make, isUsual })

const FORMS: readonly NameForm[] = [
  form('three labels', (prefix) => `mail.${prefix}.example`, false),
  form('five labels', (prefix) => `a.b.c.${prefix}.example`, false),
  form('a hyphen', (prefix) => `${prefix}-mail.example`),
  form('digits first', (prefix) => `4${prefix}.example`),
  form('a label of 63 letters', (prefix) => `${prefix.padEnd(63, 'x')}.example`, false),
  form('Punycode', (prefix) => `xn--bcher-kva.${prefix}.example`, false),
  form('letters with marks', (prefix) => `b\u00fccher-${prefix}.example`, false),
  form('Chinese letters', (prefix) => `\u4f8b\u3048.${prefix}.example`, false),
  form('one label', (prefix) => `${prefix}local`, false),
  form('an underscore', (prefix) => `_dmarc.${prefix}.example`, false),
]

const isSent = ({ mode, prefix }: Run, name: string) => mode === 'full' || name.startsWith(prefix.toLowerCase())

/** The guard of owned mode lets pass what begins with the prefix of the run. */
async function addForm(run: Run, { about, make, isUsual }: NameForm): Promise<void> {
  const name = make(run.prefix.toLowerCase())
  if (!isSent(run, name)) return
  const expect = isUsual ? 'success' : 'any'
  const json = { name }
  checkName(
    run,
    await run.send('addDomain', { json, accept: JSON_TYPE, expect, about: `a domain with ${about}` }),
    name,
  )
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
  checkName(run, interaction, name)
  return interaction
}

function checkName(run: Run, interaction: Interaction, name: string): void {
  const came = Object(interaction.value).name
  if (isSuccess(interaction) && came !== undefined)
    run.check(readBack, interaction, readBack.named('a domain', name, came, run.habits.toleranceFor('domain')))
}

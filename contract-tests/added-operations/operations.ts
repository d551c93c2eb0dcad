import { type Handling, JSON_TYPE, Refusal, type Reply, type Violation, XML_TYPE } from '../mutants/server/handling.ts'
import { OPERATIONS, type Operation } from '../mutants/server/operations.ts'
import { itemsOf } from '../mutants/server/query.ts'
import type { Schema } from '../mutants/server/schemas.ts'
import type { Seams } from '../mutants/server/seams.ts'

const text: Schema = { type: 'string' }
const owner: Schema = {
  type: 'object',
  properties: { email: text, level: { type: 'integer', bits: 32 } },
  required: ['email'],
}
const mailbox: Schema = {
  type: 'object',
  properties: {
    id: { type: 'integer', bits: 64 },
    name: text,
    state: { type: 'string', values: ['open', 'closed'] },
    labels: { type: 'array', items: text },
    owner,
    isShared: { type: 'boolean' },
  },
  required: ['name'],
}

type Mailbox = Readonly<Record<string, unknown>> & { readonly id: number }
export type Mailboxes = Map<number, Mailbox>

const BOTH = [JSON_TYPE, XML_TYPE] as const
const QUOTA = { 'X-Quota': '7' }
const shared = { secured: true, refuses: { parameter: 400, body: 400 } } as const
const ofRecord = { ...shared, path: '/inbox/{inboxId}', parameter: 'id' } as const
const giving = { gives: { types: BOTH, root: 'Mailbox' } } as const
const taking = (...types: readonly string[]) => ({ body: { types, schema: mailbox, root: 'Mailbox', required: true } })

/** The 19 operations and five more, with the store that they share. */
export function operationsWithInboxes(stored: Mailboxes = new Map()): readonly Operation[] {
  return [
    ...OPERATIONS,
    {
      ...shared,
      id: 'listInboxes',
      method: 'GET',
      path: '/inbox',
      gives: { types: BOTH, root: 'Mailboxs' },
      handle: () => ({ status: 200, value: [...stored.values()] }),
    },
    {
      ...shared,
      ...giving,
      ...taking(...BOTH),
      id: 'createInbox',
      method: 'POST',
      path: '/inbox',
      handle: (handling) => create(handling, stored),
    },
    {
      ...ofRecord,
      ...giving,
      id: 'getInbox',
      method: 'GET',
      handle: (handling) => ({ status: 200, value: find(handling, stored), headers: QUOTA }),
    },
    {
      ...ofRecord,
      ...giving,
      ...taking(JSON_TYPE),
      id: 'replaceInbox',
      method: 'PUT',
      handle: (handling) => replace(handling, stored),
    },
    { ...ofRecord, id: 'deleteInbox', method: 'DELETE', handle: (handling) => remove(handling, stored) },
  ]
}

function find({ input }: Handling, stored: Mailboxes): Mailbox {
  const found = stored.get(Number(input.parameter))
  if (found === undefined) throw new Refusal(404, 'Inbox not found')
  return found
}

/** Names are unique: a taken one is a conflict. */
function create({ input }: Handling, stored: Mailboxes): Reply {
  const given = Object(input.body)
  if ([...stored.values()].some(({ name }) => name === given.name)) throw new Refusal(409, 'The name is taken')
  const value: Mailbox = { ...given, id: Math.max(0, ...stored.keys()) + 1 }
  stored.set(value.id, value)
  return { status: 201, value, headers: QUOTA }
}

function replace(handling: Handling, stored: Mailboxes): Reply {
  const { id } = find(handling, stored)
  const given = Object(handling.input.body)
  if (given.id !== undefined && given.id !== id) throw new Refusal(400, 'The id of the path and of the body differ')
  stored.set(id, { ...given, id })
  return { status: 200, value: stored.get(id), headers: QUOTA }
}

function remove(handling: Handling, stored: Mailboxes): Reply {
  stored.delete(find(handling, stored).id)
  return { status: 204 }
}

/** Operations with parameters that the others lack: integers in the query and in headers, and a list of states. */
export const INBOX_RULES: Seams = {
  violations: (handling, next) => [
    ...next(),
    ...(handling.match.operation?.id === 'listInboxes' ? listViolations(handling) : []),
  ],
}

const isInt32 = (given: string) => /^-?\d{1,10}$/.test(given) && (Number(given) | 0) === Number(given)

function listViolations({ input, request }: Handling): Violation[] {
  const limit = input.query.get('limit') ?? []
  const states = itemsOf(input.query.get('state'))
  const isPageValid = /^\d*$/.test(request.headers['x-page'] ?? '')
  const violation = (pointer: string): Violation => ({ place: 'query', pointer, expected: 'a valid value' })
  return [
    ...(limit.length === 1 && limit.every(isInt32) ? [] : [violation('/limit')]),
    ...(states.every((state) => ['open', 'closed'].includes(state)) ? [] : [violation('/state')]),
    ...(isPageValid ? [] : [violation('/X-Page')]),
  ]
}

import { ApiError } from '../../../openapi/api-error.ts'
import { pointerTo } from '../../../openapi/json-pointer.ts'
import type { User } from '../../../openapi/model.ts'
import type { HandlerContext } from '../../operations/handler.ts'
import type { ValidInput } from '../../operations/index.ts'
import type { DocumentEdit } from '../document-edit.ts'
import type { Effect, MakeEffect } from '../effect.ts'

const CREATING = ['createUser', 'createUsersWithListInput']
const NAMING = [...CREATING, 'updateUser']

/** Documents a status of refusals for some operations. */
const documentFor =
  (status: number, ids?: readonly string[]) =>
  ({ operations, addStatus }: DocumentEdit): void => {
    for (const operation of operations.filter(({ id }) => ids === undefined || ids.includes(id)))
      addStatus(operation, status)
  }

/** A rule of a server's own: refuses with a sentence. */
type Rule = (id: string, input: ValidInput, context: HandlerContext) => string | undefined

/** The effect of a rule for some operations, or for all. */
function refusing(observed: { readonly status: number } | undefined, rule: Rule, ids?: readonly string[]) {
  if (observed === undefined) return undefined
  const effect: Effect = {
    document: documentFor(observed.status, ids),
    handle: ({ id }, input, context, next) => {
      const why = ids === undefined || ids.includes(id) ? rule(id, input, context) : undefined
      if (why !== undefined) throw new ApiError(observed.status, why)
      return next(input)
    },
  }
  return effect
}

export const unknownQuery: MakeEffect = (profile) =>
  refusing(profile.unknownQuery, (_id, { unknownQuery: [name] }) =>
    name === undefined ? undefined : `The query parameter ${name} is not known.`,
  )

export const unknownProperties: MakeEffect = (profile) =>
  refusing(profile.unknownProperties, (_id, { ignored = [] }) => {
    const found = ignored.find(({ pointer }) => pointer.startsWith('/body/'))
    return found && `${found.pointer} is not known.`
  })

const usersIn = (body: unknown) => [body].flat() as Partial<User>[]

export const takenUsername: MakeEffect = (profile) =>
  refusing(
    profile.takenUsername,
    (_id, { body }, { store }) => {
      const taken = usersIn(body).find(({ username }) => username !== undefined && store.users.has(username))
      return taken && `The username ${taken.username} is taken.`
    },
    ['createUser'],
  )

export const uniqueEmails: MakeEffect = (profile) =>
  refusing(
    profile.uniqueEmails,
    (_id, { body, path }, { store }) => {
      const { username: named } = Object(path)
      const taken = usersIn(body).find(
        ({ email, username = named }) =>
          email !== undefined &&
          [...store.users.values()].some((user) => user.email === email && user.username !== (named ?? username)),
      )
      return taken && 'The email is taken.'
    },
    NAMING,
  )

export const takenDomain: MakeEffect = (profile) =>
  refusing(
    profile.takenDomain,
    (_id, { body }, { store }) =>
      [...store.domains.values()].some(({ name }) => name === Object(body).name) ? 'The domain is there.' : undefined,
    ['addDomain'],
  )

/** The names of a query that come several times. */
function repeatedIn(search: string): string[] {
  const names = [...new URLSearchParams(search).keys()]
  return names.filter((name, index) => names.indexOf(name) !== index)
}

/** Refuses a query parameter that comes several times, or takes one of its values. */
export const repeatedKeys: MakeEffect = ({ repeatedKeys: observed }) => {
  if (observed === undefined) return undefined
  if ('counts' in observed)
    return { input: ({ target: { search } }, input) => oneOfEach(input, search, observed.counts) }
  return {
    document: documentFor(observed.status),
    authenticate: (_operation, { target }) => {
      const [twice] = repeatedIn(target.split('?')[1] ?? '')
      if (twice !== undefined) throw new ApiError(observed.status, `The query parameter ${twice} comes several times.`)
    },
  }
}

/** The input with the items of one value of each repeated list. */
function oneOfEach(input: ValidInput, search: string, counts: 'first' | 'last'): ValidInput {
  const query: Record<string, unknown> = { ...Object(input.query) }
  for (const name of repeatedIn(search).filter((repeated) => Array.isArray(query[repeated]))) {
    const items = itemsOf(new URLSearchParams(search).getAll(name).at(counts === 'first' ? 0 : -1) ?? '')
    if (items.length > 0) query[name] = items
  }
  return { ...input, query }
}

const itemsOf = (value: string) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean)

/** Refuses operations for which a login is needed, since the document knows no way to show one. */
export const logins: MakeEffect = ({ logins: observed }) =>
  observed && {
    document: ({ operation: find, addStatus }) => {
      for (const [id, status] of Object.entries(observed)) addStatus(find(id, pointerTo('/logins', id)), status)
    },
    authenticate: ({ id }) => {
      const status = observed[id]
      if (status !== undefined) throw new ApiError(status, `${id} is for users who are logged in.`)
    },
  }

import { ApiError } from '../errors.ts'
import type { StoredDomain } from '../model.ts'
import { ok } from '../reply.ts'
import type { Handler } from './handler.ts'

/** Adds a domain that waits for its DNS TXT record. */
export const addDomain: Handler<'addDomain'> = ({ body }, { store, issue }) => {
  const name = requireName(body.name)
  const { id, validate } = issue.domain(store.nextDomainNumber())
  const domain: StoredDomain = { id, name, validate, status: 'missing validation', active: false }
  store.domains.put(domain)
  return ok(domain)
}

function requireName(name: string | undefined): string {
  if (name !== undefined && name.trim() !== '') return name
  throw new ApiError(405, 'A domain needs a name that is not blank.', [
    { pointer: '/body/name', expected: 'a name that is not blank', ...(name !== undefined && { received: name }) },
  ])
}

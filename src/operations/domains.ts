import { ApiError } from '../errors.ts'
import type { StoredDomain } from '../model.ts'
import { ok } from '../reply.ts'
import type { Handler, World } from './handler.ts'

/** Adds a domain that waits for its DNS TXT record. */
export const addDomain: Handler<'addDomain'> = ({ body }, world) => {
  const name = requireName(body.name)
  const domain: StoredDomain = { ...issueDomain(world), name, status: 'missing validation', active: false }
  world.store.domains.put(domain)
  return ok(domain)
}

/** Skips ids that are taken: a state that was put in place may hold domains of serials still to come. */
function issueDomain({ store, issue }: World) {
  let issued = issue.domain(store.nextDomainNumber())
  while (store.domains.has(issued.id)) issued = issue.domain(store.nextDomainNumber())
  return issued
}

function requireName(name: string | undefined): string {
  if (name !== undefined && name.trim() !== '') return name
  throw new ApiError(405, 'A domain needs a name that is not blank.', [
    { pointer: '/body/name', expected: 'a name that is not blank', ...(name !== undefined && { received: name }) },
  ])
}

import type { StoredDomain } from '../model.ts'
import { ok } from '../reply.ts'
import type { Handler, World } from './handler.ts'

/** Adds a domain that waits for its DNS TXT record. Its name was checked with the body. */
export const addDomain: Handler<'addDomain'> = ({ body }, world) => {
  const domain: StoredDomain = { ...issueDomain(world), ...body, status: 'missing validation', active: false }
  world.store.domains.put(domain)
  return ok(domain)
}

/** Skips ids that are taken: a state that was put in place may hold domains of serials still to come. */
function issueDomain({ store, issue }: World) {
  let issued = issue.domain(store.nextDomainNumber())
  while (store.domains.has(issued.id)) issued = issue.domain(store.nextDomainNumber())
  return issued
}

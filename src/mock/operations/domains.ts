import { ApiError } from '../../openapi/api-error.ts'
import type { StoredDomain } from '../../openapi/model.ts'
import { ok } from '../exchange/reply.ts'
import { nearestKey } from '../store/nearest-key.ts'
import type { Store } from '../store/store.ts'
import type { Handler, HandlerContext } from './handler.ts'
import { nextNumber } from './next-number.ts'

/** Adds a domain that waits for its DNS TXT record. Its name was checked with the body. */
export const addDomain: Handler<'addDomain'> = ({ body }, context) => {
  const domain: StoredDomain = { ...issueDomain(context), ...body, status: 'missing validation', active: false }
  context.store.domains.put(domain)
  return ok(domain)
}

/** Moves a domain to validated and active, which no operation can. */
export function validateDomain({ domains }: Store, id: string): StoredDomain {
  const domain = domains.get(id)
  if (domain === undefined) throw unknownDomain(id, nearestKey(id, domains))
  const validated = { ...domain, status: 'validated', active: true } as const
  domains.put(validated)
  return validated
}

function unknownDomain(id: string, meant: string | undefined): ApiError {
  const hint = meant === undefined ? 'Add one with POST /domain.' : `Did you mean ${meant}?`
  return new ApiError(404, `There is no domain ${id}. ${hint}`)
}

const NO_SERIAL = {
  pointer: '/body',
  expected: 'sent to a state whose counter of domains is below its highest number',
}

/**
 * The id and the DNS TXT record of a new domain. Skips ids that are taken: a state that was put in place may hold domains of
 * serials still to come. Throws an ApiError of the status if none is left.
 */
export function issueDomain({ store, ids }: Omit<HandlerContext, 'clock'>, status = 405) {
  const next = () => ids.domain(nextNumber(() => store.nextDomainNumber(), status, NO_SERIAL))
  let issued = next()
  while (store.domains.has(issued.id)) issued = next()
  return issued
}

import { listingOf } from './listing.ts'
import { keyOf, type Seen } from './seen.ts'

/** An answer in JSON to a request of the plan. */
export const seenOf = (parts: Partial<Seen>): Seen =>
  withKey({
    operation: 'getInventory',
    isSecured: true,
    offers: ['application/json'],
    success: '200',
    about: 'a request',
    expectation: 'any',
    method: 'GET',
    path: '/store/inventory',
    query: '',
    accept: 'application/json',
    type: '',
    sent: undefined,
    status: 200,
    mediaType: 'application/json',
    hasBody: true,
    headers: {},
    raw: undefined,
    extra: [],
    elements: [],
    curl: () => 'curl',
    ...parts,
  })

const withKey = (seen: Omit<Seen, 'key'>): Seen => ({
  ...seen,
  key: keyOf(seen),
  ...(Array.isArray(seen.raw) && { list: listingOf(seen.raw) }),
})

import type { CheckId } from '../../../src/contract/checks/index.ts'
import type { Area, Fault } from '../fault.ts'

/** The check that faults of an area are for, where none is named for the fault itself. */
const OF_AREA: Readonly<Record<Area, CheckId>> = {
  schema: 'body-schema',
  headers: 'headers',
  status: 'status',
  'media-type': 'accept',
  xml: 'xml-equals-json',
  authentication: 'authentication',
  routing: 'status',
  acceptance: 'status',
  refusal: 'refusal',
  'server-error': 'server-error',
  'read-back': 'read-back',
  isolation: 'isolation',
  existence: 'existence',
  filters: 'filters',
  'cross-checks': 'inventory',
  idempotency: 'idempotency',
  http: 'head',
  sequences: 'sequence',
}

/** Faults that another check than that of their area is for. */
const OF_FAULT: Readonly<Partial<Record<CheckId, readonly string[]>>> = {
  answered: ['connection-cut'],
  'server-error': [
    'created-list-says-500',
    'second-user-delete-fails',
    'second-pet-delete-fails',
    'second-logout-fails',
    'second-list-of-users-fails',
    'options-fails',
  ],
  status: [
    'xml-request-refused',
    'username-in-small-letters',
    'created-user-not-stored',
    'only-first-user-of-list-stored',
    'last-user-of-list-not-stored',
    'password-lost-on-update',
    'placed-order-not-found',
    'recreated-user-not-found',
    'pet-without-category-not-found',
    'second-user-update-refused',
    'second-reading-missing',
    'second-login-refused',
    'list-of-users-cut-at-ten',
    'long-username-cut',
    // The sequences before use up the pets that it takes.
    'delete-order-takes-pet',
  ],
  memory: ['nothing-is-kept'],
  login: ['login-token-empty'],
  refusal: ['refused-order-says-200'],
  existence: [
    'pet-id-beyond-int32-invalid',
    'order-id-with-fraction-accepted',
    'negative-order-id-accepted',
    'second-order-delete-succeeds',
    'head-of-missing-is-200',
  ],
  'content-type': [
    'json-called-text',
    'json-called-html',
    'content-type-missing',
    'content-type-of-upload-is-multipart',
  ],
  charset: ['json-in-latin1', 'json-in-utf16', 'latin1-declared-for-utf8', 'xml-encoding-misdeclared'],
  'byte-order-mark': ['json-with-byte-order-mark'],
  'content-encoding': ['encoding-named-not-applied'],
  'well-formed': [
    'xml-called-json',
    'json-called-xml',
    'json-in-callback',
    'xml-ampersand-unescaped',
    'xml-markup-unescaped',
    'xml-root-missing',
    'xml-list-without-root',
    'xml-token-bare',
    'xml-root-unclosed',
    'xml-before-declaration',
    'xml-html-entities',
    'body-cut',
    'body-doubled',
  ],
  'xml-types': ['xml-photos-wrapped-in-lists', 'xml-name-twice'],
  'xml-root': ['xml-root-wrong', 'xml-root-of-user-in-small-letters'],
  'body-schema': ['xml-id-with-fraction', 'xml-boolean-in-capitals'],
  'read-back': [
    'xml-request-tags-lost',
    'xml-request-first-photo-only',
    'xml-request-entities-kept',
    'xml-request-not-stored',
    'user-under-another-name',
    'order-reads-name-of-another',
    'readings-alternate',
    'second-form-clears-name',
  ],
  'refused-write': [
    'refused-update-stored',
    'rejected-pet-stored',
    'rejected-form-partly-stored',
    'rejected-list-partly-stored',
    'rejected-user-update-empties',
  ],
  isolation: ['user-status-lost-after-other-write'],
  'safe-reading': ['reading-changes-pet', 'listing-sells-pending', 'reading-takes-order', 'head-deletes-user'],
  'unique-ids': ['order-ids-repeat', 'domain-ids-repeat'],
  deletion: [
    'deleted-pet-still-found',
    'deleted-user-still-found',
    'deleted-order-still-found',
    'deleted-pet-returns-after-reading',
    'deleted-pet-listed',
  ],
  'cross-check': [
    'list-and-pet-differ-in-name',
    'list-and-pet-differ-in-photos',
    'pet-under-another-id',
    'answers-change-places',
  ],
  'wrong-method': [
    'patch-on-pet-succeeds',
    'put-on-order-succeeds',
    'post-on-inventory-is-get',
    'wrong-method-fails',
    'delete-on-user-fails-in-list',
    'unknown-path-is-page',
    'head-on-post-path-succeeds',
  ],
  allow: ['allow-missing', 'allow-names-refused-method', 'allow-forgets-method', 'options-allow-untrue'],
}

/** The check that is meant to catch the fault. */
export function intendedCheck({ id, area }: Pick<Fault, 'id' | 'area'>): CheckId {
  const row = Object.entries(OF_FAULT).find(([, faults]) => faults.includes(id))
  return (row?.[0] as CheckId | undefined) ?? OF_AREA[area]
}

/** Every fault that the table names. */
export const namedFaults = (): string[] => Object.values(OF_FAULT).flat()

import fc from 'fast-check'
import { word } from './words.ts'

/** A step of a fault, as the control plane takes it. */
export interface FaultStep {
  readonly kind: string
  readonly status?: number
  readonly undocumented?: boolean
}

const small = fc.integer({ min: 0, max: 3 })
const quick: fc.Arbitrary<FaultStep> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('none', 'reset', 'empty-reply', 'malformed', 'truncated', 'constructor', '__proto__'),
  }),

  fc.record(
    {
      kind: fc.constant('status'),
      status: fc.constantFrom(400, 404, 405, 429, 500, 503, 200),
      detail: word,
      retryAfter: small,
    },
    { requiredKeys: ['kind', 'status'] },
  ),
  fc.record(
    {
      kind: fc.constant('status'),
      status: fc.constantFrom(200, 204, 302, 304, 418, 500, 599, 100),
      undocumented: fc.constant(true),
      body: fc.oneof(word, fc.constant({ a: 1 })),
      contentType: fc.constantFrom('text/html', 'constructor'),
    },
    { requiredKeys: ['kind', 'status', 'undocumented'] },
  ),
  fc.record({ kind: fc.constant('delay'), ms: small }),
  fc.record({ kind: fc.constant('delay'), min: small, max: small }),
  fc.record({ kind: fc.constant('slow-body'), ms: small, chunks: fc.integer({ min: 0, max: 3 }) }),
  fc.record({
    kind: fc.constant('break-schema'),
    way: fc.constantFrom('missing-required', 'wrong-type', 'null', 'enum', 'wrong-root', 'constructor'),
  }),
  fc.record({ kind: fc.constant('rate-limit'), limit: small, window: fc.constantFrom(1, 1000) }),
)
const step = fc.oneof(
  { weight: 40, arbitrary: quick },
  { weight: 1, arbitrary: fc.constant({ kind: 'reset-in-body' }) },
)
const names = fc.dictionary(word, word, { maxKeys: 1 })

const OPERATIONS = ['getPetById', 'updatePet', 'loginUser', 'getInventory', 'createUser', 'findPetsByTags']
const operationId = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...OPERATIONS) }, { weight: 1, arbitrary: word })
const precise = fc.record(
  {
    operationId,
    method: fc.constantFrom('GET', 'POST', 'constructor'),
    headers: names,
    query: names,
    body: fc.array(fc.record({ pointer: word.map((text) => `/${text}`), equals: word }), {
      minLength: 1,
      maxLength: 1,
    }),
  },
  { requiredKeys: [] },
)
const match = fc.oneof(fc.record({ operationId }), precise)

/** A fault for some of the requests. */
export const faultInput = fc.record(
  {
    id: word,
    match,
    steps: fc.array(step, { minLength: 1, maxLength: 2 }),
    times: fc.integer({ min: 1, max: 3 }),
    probability: fc.constantFrom(0.5, 1),
  },
  { requiredKeys: ['steps'] },
)

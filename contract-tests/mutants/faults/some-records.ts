import type { Fault } from '../fault.ts'
import { acceptanceOfSome } from './some-records/acceptance.ts'
import { authenticationOfSome } from './some-records/authentication.ts'
import { filtersOfSome } from './some-records/filters.ts'
import { headersOfSome } from './some-records/headers.ts'
import { httpOfSome } from './some-records/http.ts'
import { isolationOfSome } from './some-records/isolation.ts'
import { mediaTypeOfSome } from './some-records/media-type.ts'
import { readBackOfSome } from './some-records/read-back.ts'
import { refusalOfSome } from './some-records/refusal.ts'
import { schemaOfSome } from './some-records/schema.ts'
import { serverErrorOfSome } from './some-records/server-error.ts'

/** Faults that show on some records only: of one status, with many parts, with none, at a boundary. */
export const someRecordsFaults: readonly Fault[] = [
  ...schemaOfSome,
  ...acceptanceOfSome,
  ...serverErrorOfSome,
  ...readBackOfSome,
  ...refusalOfSome,
  ...filtersOfSome,
  ...isolationOfSome,
  ...httpOfSome,
  ...mediaTypeOfSome,
  ...headersOfSome,
  ...authenticationOfSome,
]

import { ApiError } from '../../openapi/api-error.ts'
import { isOfMissingFiles, MISSING_FILES } from '../../openapi/missing-files.ts'
import type { RequestHeaders } from '../exchange/request.ts'
import { splitTarget } from '../exchange/request-target.ts'
import type { MockResponse } from '../exchange/response.ts'
import { PROBLEM_TYPE, problemOf } from '../validation/problem.ts'
import { corsOfAny } from './cors.ts'

/** The refusal in what was thrown outside the pipeline. Any other error is a defect: it is reported and hidden in a 500. */
export function reportUnexpected(thrown: unknown, reportDefect: (text: string) => void): ApiError {
  if (thrown instanceof ApiError) return thrown
  if (isOfMissingFiles(thrown)) {
    reportDefect(MISSING_FILES)
    return new ApiError(500, MISSING_FILES)
  }
  reportDefect(String(thrown))
  return new ApiError(500, 'The mock failed before it could read the request. Its log says how; please report it.')
}

/** The response to a request that was refused before its API was known. */
export function toProblemResponse(error: ApiError, target: string, headers: RequestHeaders): MockResponse {
  return {
    status: error.status,
    headers: { ...corsOfAny(headers), 'Content-Type': PROBLEM_TYPE },
    body: JSON.stringify(problemOf(error, splitTarget(target).path)),
  }
}

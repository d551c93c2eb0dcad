import { reasonPhrase } from '../../../http/reason-phrase.ts'
import type { MockResponse } from '../../exchange/response.ts'
import { isPreflight } from '../../http/cors.ts'
import type { MakeEffect } from '../effect.ts'

/** The response with another status, also in its problem details. */
function withStatus(response: MockResponse, status: number): MockResponse {
  if (response.body === undefined) return { ...response, status }
  const problem = { ...JSON.parse(response.body), status, title: reasonPhrase(status) }
  return { ...response, status, body: JSON.stringify(problem) }
}

/** Another status for a path that nobody has. */
export const unknownPath: MakeEffect = ({ unknownPath: observed }) =>
  observed && {
    unmatched: (response) => (response.status === 404 ? withStatus(response, observed.status) : response),
  }

/** Another status for a method that a path does not have. */
export const wrongMethod: MakeEffect = ({ wrongMethod: observed }) =>
  observed && {
    unmatched: (response) => {
      if (response.status !== 405) return response
      const { 'Content-Type': _type, ...headers } = response.headers
      return observed.isEmpty ? { status: observed.status, headers } : withStatus(response, observed.status)
    },
  }

/** Another answer to OPTIONS. Browsers need preflights as they are. */
export const options: MakeEffect = ({ options: observed }) =>
  observed && {
    unmatched: (response, request) => {
      const isMeant = request.method === 'OPTIONS' && response.status === 204 && !isPreflight(request)
      if (!isMeant) return response
      const { Allow = '', ...headers } = response.headers
      return {
        status: observed.status,
        headers: {
          ...headers,
          ...((observed.allow || observed.status === 405) && { Allow }),
          ...(observed.body && { 'Content-Type': 'text/plain' }),
        },
        ...(observed.body && { body: Allow }),
      }
    },
  }

/** Refuses HEAD. */
export const head: MakeEffect = ({ head: observed }) =>
  observed && {
    early: ({ request, allow }) =>
      request.method === 'HEAD'
        ? { status: observed.status, headers: { Allow: allow.filter((method) => method !== 'HEAD').join(', ') } }
        : undefined,
    unmatched: (response, { method }) =>
      method === 'HEAD' && response.status === 405 ? withStatus(response, observed.status) : response,
  }

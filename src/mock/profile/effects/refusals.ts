import { DocumentError } from '../../../openapi/document-error.ts'
import { pointerTo } from '../../../openapi/json-pointer.ts'
import type { Operation } from '../../../openapi/operation.ts'
import type { RefusedPlace } from '../../../ways/profile.ts'
import type { Reply } from '../../exchange/reply.ts'
import type { Fitted } from '../../next-version/adapt-reply.ts'
import type { MakeEffect } from '../effect.ts'
import { restated } from '../restated.ts'

/** The part of the request that a refusal is about; undefined for those of keys, Accept and the server itself. */
function placeOf({ status, value }: Reply): RefusedPlace | undefined {
  const [first] = Object(value).errors ?? []
  const { pointer = '', received, expected = '' } = Object(first)
  if (status === 415) return 'media type'
  if (status === 404 || (pointer === '/path/orderId' && typeof received === 'number')) return 'missing record'
  if (status !== 400 && status !== 405) return undefined
  if (pointer === '/query/password' && expected.startsWith('the password of')) return 'password'
  return pointer.startsWith('/body') ? 'body' : 'parameter'
}

/** The statuses that the reference publishes for a place. */
function publishedFor({ responses }: Operation, place: RefusedPlace): readonly string[] {
  const published = Object.values(responses).flatMap(({ status, inferred }) => (inferred ? [] : [status]))
  const meant = place === 'media type' ? [] : place === 'missing record' ? ['404'] : ['400', '405']
  return published.filter((status) => meant.includes(status))
}

/** Other statuses of refusals. */
export const refusals: MakeEffect = ({ refusals: observed }) => {
  if (observed === undefined) return undefined
  let all: readonly Operation[] = []
  return {
    document: ({ operations, operation: find, addStatus }) => {
      all = operations
      for (const [id, places] of Object.entries(observed)) {
        const at = pointerTo('/refusals', id)
        const operation = find(id, at)
        for (const [place, status] of Object.entries(places) as [RefusedPlace, number][]) {
          const published = publishedFor(operation, place)
          const isEither = id.includes('Order') && operation.responses[status]?.inferred === false
          const isOther = published.length > 0 && !published.includes(String(status)) && !isEither
          if (isOther)
            throw new DocumentError(
              `the reference publishes ${published.join(' and ')} for it, not ${status}.`,
              pointerTo(at, place),
            )
          addStatus(operation, status)
        }
      }
    },
    reply: (fitted, operation) => {
      const places = observed[operation.id]
      const place = places && fitted.reply.status >= 400 ? placeOf(fitted.reply) : undefined
      const status = place && places?.[place]
      return status === undefined ? fitted : withAllow(restated(fitted, status), methodsOf(all, operation))
    },
  }
}

const methodsOf = (all: readonly Operation[], { path }: Operation): string[] => {
  const own = all.filter((operation) => operation.path === path).map(({ method }): string => method)
  return [...own, ...(own.includes('GET') ? ['HEAD'] : []), 'OPTIONS']
}

/** Every 405 names the methods of its path, and nothing else does. */
function withAllow({ reply, mediaType }: Fitted, methods: readonly string[]): Fitted {
  const { Allow: _allow, ...headers } = { ...reply.headers }
  const named = reply.status === 405 ? { ...headers, Allow: methods.join(', ') } : headers
  return { reply: { ...reply, headers: named }, mediaType }
}

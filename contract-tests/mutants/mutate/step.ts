/** The media type in which an answer must come; `either` leaves it to the server. */
export type Wanted = 'application/json' | 'application/xml' | 'either'

/**
 * The part of an answer that the reference fixes. `exact`: all that the document names. `nothing`: no record, in whichever
 * words. `method`: the method is not one of the path. `open`: anything but a failure of the server.
 */
export type Demand = 'exact' | 'nothing' | 'method' | 'open'

/** One request of a session. */
export interface Step {
  readonly operation: string
  readonly method: string
  /** Below the base path. A name in braces stands for the id that the server gave to this order. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Buffer
  readonly wants: Wanted
  readonly demand: Demand
}

/** Names the last order that was sent without an id. */
export const AUTO = 'auto'

/** The request on one line, for people. */
export function describeStep({ method, path, headers, body }: Step): string {
  const named = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  const content = body === undefined ? [] : [JSON.stringify(body.toString('utf8').slice(0, 160))]
  return [`${method} ${path}`, ...named, ...content].join('; ')
}

/** A mock's values unless its options, or the flags of the command, say otherwise. */
export const DEFAULTS = {
  seed: 1,
  /** The number of pets in the default pack. */
  pets: 10,
  pack: 'default',
  apiKey: 'special-key',
  /** Milliseconds that a session may be idle. */
  sessionTtl: 3_600_000,
  maxSessions: 1_000,
  /** Milliseconds that each answer of the API waits. */
  delay: 0,
  host: '127.0.0.1',
  /** The port of the command; `listen()` takes a free one. */
  port: 4010,
  /** The path under which the packaged document has the API. */
  basePath: '/v2',
} as const

/** Milliseconds: no answer waits longer, whoever asked for it. */
export const LONGEST_DELAY = 60_000

/** The address at which the command serves. */
export const DEFAULT_ORIGIN = `http://${DEFAULTS.host}:${DEFAULTS.port}`

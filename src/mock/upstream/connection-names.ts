import type { RequestHeaders } from '../exchange/request.ts'

const NONE: readonly string[] = []

/** The headers that a Connection header names are for this hop too (RFC 9110, section 7.6.1). `Keep-Alive` is known anyway. */
export const connectionNames = (connection: RequestHeaders[string]): readonly string[] =>
  connection === undefined || connection === 'keep-alive'
    ? NONE
    : String(connection)
        .toLowerCase()
        .split(',')
        .map((name) => name.trim())

/** A server may refuse an invalid request by any of these: the document names another one for each operation. */
export const REFUSED = [400, 405, 415, 422]

/** The document names no status for a missing or wrong key; HTTP has these two (RFC 9110, 15.5.2 and 15.5.4). */
export const UNAUTHORIZED = [401, 403]

/** The reference calls an order id that is out of range invalid in one place and missing in another. */
export const INVALID_OR_MISSING = [400, 404]

/** A method that the path does not have: 405, or 501 from a server that does not know the method, or an unknown path. */
export const WRONG_METHOD = [404, 405, 501]

/** Requests of which the decisions say how the mock takes them, and the document does not; others are not compared. */
export const OPEN_REQUESTS: readonly string[] = [
  ...['tags that are blank', 'a name that is blank', 'an update without an id', 'an empty list of users'],
  ...['a user without a name', 'a form with a status outside the enum', 'an order with the number of a pet'],
]

/** The sentence for an error that says that files of this package are missing. Code is read from them when it is needed. */
export const MISSING_FILES =
  'Files of inboxes-mock are missing: it was replaced while it ran, or is not whole. Start it again, or install it again.'

/** Whether Node did not find a file that it should have read code from. */
export const isOfMissingFiles = (error: unknown): boolean => Object(error).code === 'MODULE_NOT_FOUND'

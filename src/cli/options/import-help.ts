import { columns, describe } from './help.ts'
import { IMPORT_ROWS } from './import-flags.ts'

/** The text of `import --help`, without a newline at its end. */
export function importHelpText(): string {
  return [
    'inboxes-mock import: makes a state file of an HTTP archive, such as that of a browser, without what is secret or personal',
    '',
    'Usage: inboxes-mock import FILE.har --to state.json [flags]',
    '',
    ...columns(IMPORT_ROWS.map(describe)),
  ].join('\n')
}

import { DEFAULTS } from '../../mock/defaults.ts'
import type { ScrubbedField } from '../../mock/upstream/upstream-options.ts'
import type { Flag } from './flag.ts'
import { FLAGS } from './flags.ts'
import { readText } from './read-values.ts'
import type { FlagTable } from './settings.ts'
import { UPSTREAM_FLAGS } from './upstream-flags.ts'

/** The settings of an import. */
export interface ImportConfig {
  /** Path of the state file. */
  readonly to?: string
  /** Path of the OpenAPI document. Without it, the packaged one holds. */
  readonly document?: string
  /** Fields of users that the file shows as they are. */
  readonly keep: readonly ScrubbedField[]
  readonly seed: number
}

/** The flags that make an ImportConfig. */
export const IMPORT_FLAGS: FlagTable<ImportConfig> = {
  to: {
    name: 'to',
    argument: 'FILE',
    summary: 'state file to write',
    fallback: undefined,
    shownDefault: 'none',
    example: 'state.json',
    read: (texts) => readText(texts.at(-1) ?? ''),
  },
  document: FLAGS.document,
  keep: UPSTREAM_FLAGS.keep,
  seed: { ...FLAGS.seed, summary: 'the faker values for what is personal follow from it', fallback: DEFAULTS.seed },
}

export const IMPORT_ROWS: readonly Flag<unknown>[] = Object.values<Flag<unknown>>(IMPORT_FLAGS)

import { CONTRACT_FLAGS, type ContractConfig } from './contract-flags.ts'
import { type Flag, last } from './flags.ts'
import { type Reading, readChoice, readText } from './read-values.ts'
import type { FlagTable } from './settings.ts'

export const DRIFT_FORMATS = ['text', 'json', 'html', 'junit', 'github', 'markdown'] as const
export type DriftFormat = (typeof DRIFT_FORMATS)[number]

/** The flags of `contract` that say how to ask. */
const ASKING = [
  ...(['baseUrl', 'document', 'apiKey', 'headers', 'ca', 'cert', 'key', 'httpProxy', 'httpsProxy', 'noProxy'] as const),
  ...([
    'mode',
    'seed',
    'runId',
    'rate',
    'only',
    'timeoutMs',
    'maxBytes',
    'maxMs',
    'journal',
    'allowLeftovers',
  ] as const),
  ...(['sequences', 'depth', 'quiet'] as const),
] satisfies readonly (keyof ContractConfig)[]

type Asking = Pick<ContractConfig, (typeof ASKING)[number]>

/** The settings of a comparison. */
export interface DriftConfig extends Asking {
  /** The profile that the mock is compared with. */
  readonly profile?: string
  /** The file to which the profile of the live server is written. */
  readonly adopt?: string
  /** The JSON of an earlier run, whose differences are not new. */
  readonly against?: string
  /** The folder to which the JSON of each run is added. */
  readonly history?: string
  /** The file of accepted differences. */
  readonly baseline?: string
  readonly reports: readonly { readonly format: DriftFormat; readonly file: string }[]
}

const asking = Object.fromEntries(
  Object.entries(CONTRACT_FLAGS).filter(([name]) => ASKING.some((one) => one === name)),
) as unknown as FlagTable<Asking>

const file = (name: string, summary: string, example: string): Flag<string> & Flag<string | undefined> => ({
  name,
  argument: name === 'history' ? 'DIR' : 'FILE',
  summary,
  shownDefault: 'none',
  example,
  prefix: 'INBOXES_DRIFT_',
  fallback: undefined as string & undefined,
  read: last(readText),
})

/** The flags that make a DriftConfig, in the order in which `drift --help` lists them. */
export const DRIFT_FLAGS: FlagTable<DriftConfig> = {
  ...asking,
  profile: file('profile', 'profile of the mock to compare with', 'staging.profile.json'),
  adopt: file('adopt', 'write a profile that makes the mock do as the server does', 'staging.profile.json'),
  against: file('against', 'JSON of an earlier run: exit code 1 for new differences alone', 'yesterday.json'),
  history: file('history', 'folder to which the JSON of this run is added', 'drift-history'),
  baseline: file('baseline', 'file of accepted differences', 'drift-baseline.json'),
  reports: {
    name: 'report',
    argument: 'FORMAT=FILE',
    summary: `${DRIFT_FORMATS.join(', ')}; repeat the flag for more`,
    shownDefault: 'none',
    example: 'json=drift.json',
    prefix: 'INBOXES_DRIFT_',
    repeatable: true,
    fallback: [],
    read: readReports,
  },
}

/** The rows of DRIFT_FLAGS, without the types of their values. */
export const DRIFT_ROWS: readonly Flag<unknown>[] = Object.values<Flag<unknown>>(DRIFT_FLAGS)

function readReports(texts: readonly string[]): Reading<DriftConfig['reports']> {
  const targets = texts.flatMap((text) => {
    const [, name = '', path = ''] = /^([^=]+)=(.+)$/.exec(text) ?? []
    const format = readChoice(name, DRIFT_FORMATS)
    return 'value' in format && path ? [{ format: format.value, file: path }] : []
  })
  return targets.length === texts.length
    ? { value: targets }
    : { expected: `FORMAT=FILE, with one of the formats ${DRIFT_FORMATS.join(', ')}` }
}

/** Where a shrunk sequence is found again, given the same seed; written as `source.path.replayPath`. */
export interface SequencePath {
  /** The index of the source that gave the sequence: one of the fixed sequences, or the random ones. */
  readonly source: number
  /** fast-check's path: which sequence of the source, then which of the shorter ones at each turn. */
  readonly path: string
  /** Which commands ran at each turn, fast-check's `replayPath`; shrinking drops what did not run. */
  readonly replayPath: string
}

export const formatSequencePath = ({ source, path, replayPath }: SequencePath): string =>
  `${source}.${path}.${replayPath}`

/** Reads what `formatSequencePath` wrote; undefined for any other text. */
export function parseSequencePath(text: string): SequencePath | undefined {
  const [, source, path, replayPath] = /^(\d+)\.(\d+(?::\d+)*)\.([\w+/]*:[\w+/]*)$/.exec(text) ?? []
  if (source === undefined || path === undefined || replayPath === undefined) return undefined
  return { source: Number(source), path, replayPath }
}

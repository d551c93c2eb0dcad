import type { DriftReport } from './report.ts'

/** How a run stands to an earlier one, by the ids of the differences. */
export interface Standing {
  readonly fresh: readonly string[]
  readonly gone: readonly string[]
  readonly still: readonly string[]
}

/** Compares with the differences of an earlier run. */
export function against({ differences }: Pick<DriftReport, 'differences'>, earlier: readonly string[]): Standing {
  const now = differences.map(({ id }) => id)
  return {
    fresh: now.filter((id) => !earlier.includes(id)),
    gone: earlier.filter((id) => !now.includes(id)),
    still: now.filter((id) => earlier.includes(id)),
  }
}

/** The ids in the JSON of an earlier run; undefined if the text is none. */
export function idsIn(text: string): string[] | undefined {
  try {
    const { version, differences } = Object(JSON.parse(text))
    if (version !== 1 || !Array.isArray(differences)) return undefined
    const ids: unknown[] = differences.map((one) => Object(one).id)
    return ids.every((id) => typeof id === 'string') ? ids : undefined
  } catch {
    return undefined
  }
}

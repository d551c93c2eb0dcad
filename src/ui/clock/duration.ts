const UNITS: Readonly<Record<string, number>> = { '': 1, ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** Milliseconds of a text such as `90s`. Any other text stays as it is: the mock says what is wrong with it. */
export function advanceBody(text: string): number | string {
  const [, number, unit = ''] = /^([+-]?\d+)\s*(ms|s|m|h|d)?$/.exec(text.trim()) ?? []
  return number === undefined ? text : Number(number) * (UNITS[unit] ?? 1)
}

/** Stands for a bigint inside a JSON text while it is written. */
const EXACT = /"\u{E000}(-?\d+)\u{E000}"/gu

/** Writes JSON with the digits of bigints, which JSON.stringify refuses. */
export const writeJson = (value: unknown): string =>
  JSON.stringify(value, (_name, child: unknown) =>
    typeof child === 'bigint' ? `\u{E000}${child}\u{E000}` : child,
  ).replace(EXACT, '$1')

const SHOWN = 120

/** How much of a long text stands before the first difference. */
const BEFORE = 20

/** A value as a finding shows it. */
export const show = (value: unknown): string => cut(textOf(value), 0)

/** Two values that differ, as a finding shows them. Of long ones the part is shown in which they begin to differ. */
export function showBoth(one: unknown, other: unknown): readonly [string, string] {
  const [first, second] = [textOf(one), textOf(other)]
  const at = differenceOf(first, second)
  const from = at < SHOWN - BEFORE ? 0 : at - BEFORE
  return [cut(first, from), cut(second, from)]
}

const textOf = (value: unknown) => (value === undefined ? 'nothing' : writeJson(value))

function differenceOf(one: string, other: string): number {
  let at = 0
  while (at < one.length && one[at] === other[at]) at += 1
  return at
}

const cut = (text: string, from: number) =>
  `${from > 0 ? '…' : ''}${text.slice(from, from + SHOWN)}${text.length > from + SHOWN ? '…' : ''}`

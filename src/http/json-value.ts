/** Tells an object from arrays, null and scalars. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Stands for a bigint inside a JSON text while it is written. */
const EXACT = /"\u{E000}(-?\d+)\u{E000}"/gu

/** Writes JSON with the digits of bigints, which JSON.stringify refuses. */
export const writeJson = (value: unknown): string =>
  JSON.stringify(value, (_name, child: unknown) =>
    typeof child === 'bigint' ? `\u{E000}${child}\u{E000}` : child,
  ).replace(EXACT, '$1')

const SHOWN = 120

/** A value as a finding shows it. */
export function show(value: unknown): string {
  const text = value === undefined ? 'nothing' : writeJson(value)
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text
}

/** Gives the Date header (RFC 9110, section 5.6.7) of a time in milliseconds. One second's text is made once. */
export function createHttpDate(): (time: number) => string {
  let second = Number.NaN
  let text = ''
  return (time) => {
    if (Math.floor(time / 1000) === second) return text
    second = Math.floor(time / 1000)
    text = new Date(time).toUTCString()
    return text
  }
}

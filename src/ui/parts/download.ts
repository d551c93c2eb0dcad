/** Gives a text to the browser as a file to save. */
export function download(name: string, text: string, type = 'text/plain'): void {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has the data by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

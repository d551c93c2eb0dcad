/** The command of one request of an export, which has one a line. The request is `fromEnd` requests before the last. */
export function curlOf(commands: string, fromEnd: number): string {
  const lines = commands.split('\n').filter((line) => line !== '')
  return lines[lines.length - 1 - fromEnd] ?? ''
}

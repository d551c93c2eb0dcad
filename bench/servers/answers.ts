import { readFileSync } from 'node:fs'

/** What the mock answers, for servers that do nothing else: records to serialize, as the mock does. */
export interface Answers {
  readonly pet: unknown
  readonly pets: readonly unknown[]
}

/** The answers and the port that the bench hands to a bare server. */
export function readArguments(): { readonly port: number; readonly answers: Answers } {
  const [, , port, file = ''] = process.argv
  return { port: Number(port), answers: JSON.parse(readFileSync(file, 'utf8')) as Answers }
}

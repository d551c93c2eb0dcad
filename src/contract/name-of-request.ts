import type { Request } from './interaction.ts'

/** The request in a sentence. Its query is left out, as it may hold a password. */
export function nameOf({ method, path, headers }: Request): string {
  const told = ['Accept', 'Content-Type'].flatMap((name) =>
    headers[name] === undefined ? [] : `${name}: ${headers[name]}`,
  )
  const how = told.length === 0 ? '' : ` with ${told.join(' and ')}`
  return `${method} ${path.split('?')[0]}${how}`
}

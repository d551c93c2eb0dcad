import { existsSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'

/**
 * The path of a file from the root of the repository that it is in, as reports point to it; from the working directory if that
 * is in no repository. Undefined for a file outside.
 */
export function repositoryPath(file: string, from = process.cwd()): string | undefined {
  const absolute = resolve(from, file)
  const path = relative(rootAbove(dirname(absolute)) ?? from, absolute)
  return path.startsWith('..') || isAbsolute(path) ? undefined : path.split(sep).join('/')
}

function rootAbove(folder: string): string | undefined {
  if (existsSync(join(folder, '.git'))) return folder
  const above = dirname(folder)
  return above === folder ? undefined : rootAbove(above)
}

import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'

/**
 * Writes a file so that whoever reads it, at any moment, finds the old text or the new one whole: into a file beside it,
 * to the disk, and over it.
 */
export function writeAtomically(path: string, text: string): void {
  const beside = `${path}.${process.pid}.tmp`
  try {
    writeToDisk(beside, text)
    renameSync(beside, path)
  } catch (error) {
    rmSync(beside, { force: true })
    throw error
  }
}

function writeToDisk(path: string, text: string): void {
  const file = openSync(path, 'w')
  try {
    writeFileSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

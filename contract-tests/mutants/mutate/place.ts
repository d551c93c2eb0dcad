import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { pathOf } from '../../../src/openapi/package-files.ts'
import { ENTRY } from './entry.ts'
import { type Instrumented, instrument, type Subject } from './instrument.ts'
import type { Mutant } from './mutant.ts'

/** A copy of a server on the disk that can be any of its mutants. */
export interface Placed {
  readonly id: string
  readonly mutants: readonly Mutant[]
  /** The file that a worker runs. */
  readonly entry: string
  /** The URL of the server's own first module. */
  readonly server: string
  readonly remove: () => void
}

/** Writes the copy into a folder of its own, from where it finds the packages of this one. */
export async function place(subject: Subject): Promise<Placed> {
  const made = await instrument(subject)
  const folder = mkdtempSync(join(tmpdir(), 'inboxes-mutants-'))
  symlinkSync(pathOf('node_modules'), join(folder, 'node_modules'))
  const copy = join(folder, subject.id)
  mkdirSync(copy)
  cpSync(subject.folder, copy, { recursive: true })
  write(copy, made)
  return {
    id: subject.id,
    mutants: made.mutants,
    entry: join(copy, 'entry.mjs'),
    server: pathToFileURL(join(copy, subject.files[0] ?? '')).href,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

function write(folder: string, { files }: Instrumented): void {
  for (const { name, content } of files) writeFileSync(join(folder, name), content)
  writeFileSync(join(folder, 'entry.mjs'), ENTRY)
}

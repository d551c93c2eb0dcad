import { readFileSync, statSync } from 'node:fs'
import { printable } from '../../http/printable.ts'
import { REDACTION } from '../../http/redaction/redaction.ts'
import { loadServedDocument } from '../../mock/files/load-served-document.ts'
import { codeOf } from '../../mock/files/saving/replace-file.ts'
import { importHar } from '../../mock/upstream/import-har.ts'
import { recordingOf } from '../../mock/upstream/recording.ts'
import { pathOf } from '../../openapi/package-files.ts'
import { EXIT } from '../exit-code.ts'
import type { ImportConfig } from '../options/import-flags.ts'
import type { Terminal } from '../output/terminal.ts'
import { UsageProblem } from '../usage-problem.ts'
import { requireWritable, writeResult } from './result-files.ts'

/** Writes the records that an HTTP archive shows to a state file. Throws a UsageProblem if a file cannot be used. */
export async function importArchive(file: string, config: ImportConfig, terminal: Terminal): Promise<number> {
  const { to = '', document = pathOf('openapi.yaml'), seed, keep } = config
  const target = { file: to, flag: '--to FILE' }
  requireFree(to)
  requireWritable(target)
  const imported = await importHar(readJsonFile(file), loadServedDocument(document))
  if (imported === undefined)
    throw new UsageProblem(`${printable(file)} is no HTTP archive: it has no log with entries.`)
  const { used, entries, knowledge } = imported
  if (used === 0)
    throw new UsageProblem(`None of the ${entries} entries of ${printable(file)} is a request of the API.`)
  const secrets = imported.recorder.secrets
  const recording = recordingOf(imported, { url: file, seed, keep, redaction: REDACTION, secrets })
  writeResult(target, `${JSON.stringify(recording, null, 2)}\n`)
  const { pets, users, orders, domains } = knowledge.store
  terminal.out.write(
    `${printable(to)} has ${pets.size} pets, ${users.size} users, ${orders.size} orders and ${domains.size} domains of ${used} requests. Start from it: inboxes-mock --state ${printable(to)}\n`,
  )
  return EXIT.done
}

/** An earlier recording may be written over, anything else is not. */
function requireFree(to: string): void {
  const known = statSync(to, { throwIfNoEntry: false })
  if (known === undefined) return
  // To read a pipe or a terminal takes as long as it is open.
  if (!known.isFile()) throw new UsageProblem(`--to writes a file, and ${printable(to)} is none. Name a new file.`)
  if (Object.hasOwn(Object(readJsonFile(to)), 'recording')) return
  throw new UsageProblem(`--to would write over ${printable(to)}, which is no recording. Name a new file.`)
}

function readJsonFile(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''))
  } catch (error) {
    const why = error instanceof SyntaxError ? 'it is no JSON' : codeOf(error)
    throw new UsageProblem(`${printable(file)} cannot be read (${why}).`)
  }
}

import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync, writeSync } from 'node:fs'
import { bytesOf, strictTextOf } from '../../http/bytes.ts'
import { isLogin, type Redaction } from '../../http/redaction/redaction.ts'
import type { Exchange } from '../requests/exchange.ts'
import { exportHar } from '../requests/export/har.ts'
import type { Scrubber } from '../upstream/scrub.ts'
import { UpstreamError } from '../upstream/upstream-error.ts'
import { codeOf } from './saving/replace-file.ts'

/** How the archive is written. */
export interface HarFileOptions {
  /** The address of the mock. */
  readonly base: string
  readonly version: string
  readonly redaction: Redaction
  readonly scrubber: Scrubber
  /** Secrets that came by in headers. */
  readonly secrets: ReadonlySet<string>
  readonly now: () => number
  readonly warn: (message: string) => void
}

/** An HTTP archive that requests are appended to. It is whole after each of them. */
export interface HarFile {
  append(exchange: Exchange): void
  close(): void
}

const END = '\n]}}\n'

/** Opens an archive, or begins one. Throws an UpstreamError if the file is another one. */
export function openHar(path: string, options: HarFileOptions): HarFile {
  const { file, isEmpty } = open(path, options.version)
  let size = fstatSync(file).size
  let needsComma = !isEmpty
  let isSaid = false
  return {
    append: (exchange) => {
      const text = `${needsComma ? ',' : ''}\n${entryText(exchange, options)}${END}`
      try {
        const bytes = Buffer.from(text)
        const at = size - END.length
        writeSync(file, bytes, 0, bytes.length, at)
        size = at + bytes.length
        needsComma = true
      } catch (error) {
        if (!isSaid) options.warn(`${path} cannot be written (${codeOf(error)}), so no request is recorded there.`)
        isSaid = true
      }
    },
    close: () => closeSync(file),
  }
}

/** The entry without secrets and without what is personal. */
function entryText(exchange: Exchange, { base, version, redaction, scrubber, secrets, now }: HarFileOptions): string {
  for (const secret of secrets) scrubber.hide(secret)
  if (isLogin(exchange.target)) hideLogin(exchange.target, scrubber)
  const record = { id: 1, at: now(), exchange: scrubbed(exchange, scrubber), size: 0 }
  const [entry] = exportHar([record], { base, version, redaction }).log.entries
  return JSON.stringify(scrubber.value(entry))
}

/** A login has its password in the query, and a server may quote it. */
function hideLogin(target: string, scrubber: Scrubber): void {
  const password = new URLSearchParams(target.slice(target.indexOf('?') + 1)).get('password')
  if (password) scrubber.hide(password)
}

/** Bodies come first: what they hold in personal fields is then replaced in the rest too. */
function scrubbed(exchange: Exchange, scrubber: Scrubber): Exchange {
  const sent = strictTextOf(exchange.requestBody)
  return {
    ...exchange,
    ...(sent !== undefined && { requestBody: bytesOf(scrubber.body(sent)) }),
    responseText: scrubber.body(exchange.responseText),
  }
}

function open(path: string, version: string): { readonly file: number; readonly isEmpty: boolean } {
  if (existsSync(path)) return reopen(path)
  const creator = JSON.stringify({ name: 'inboxes-mock', version })
  const file = begin(path)
  writeSync(file, `{"log":{"version":"1.2","creator":${creator},"entries":[${END}`)
  return { file, isEmpty: true }
}

function begin(path: string): number {
  try {
    return openSync(path, 'wx+', 0o600)
  } catch (error) {
    throw new UpstreamError(`--har cannot write ${path} (${codeOf(error)}). Correct that, or name another file.`)
  }
}

/** An archive of another program is written anew, so that its end is known. */
function reopen(path: string): { readonly file: number; readonly isEmpty: boolean } {
  const entries = entriesOf(path)
  const file = openSync(path, 'r+')
  const tail = Buffer.alloc(END.length)
  readSync(file, tail, 0, END.length, Math.max(0, fstatSync(file).size - END.length))
  if (tail.toString() === END) return { file, isEmpty: entries.length === 0 }
  closeSync(file)
  throw new UpstreamError(
    `--har appends to archives that it began itself; ${path} is of another program. Name a new file.`,
  )
}

function entriesOf(path: string): readonly unknown[] {
  try {
    const entries: unknown = JSON.parse(readFileSync(path, 'utf8'))?.log?.entries
    if (Array.isArray(entries)) return entries
  } catch {
    // The message below says all.
  }
  throw new UpstreamError(`--har would write over ${path}, which is no HTTP archive. Name a new file.`)
}

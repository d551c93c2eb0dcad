import { pick, type Stream } from '../../../fixtures/stream.ts'
import { STATUSES } from './records.ts'
import { happens, someText } from './words.ts'

/** Ways to write a value in a form (URL Standard, section 5.1). */
const ESCAPES: readonly ((value: string) => string)[] = [
  encodeURIComponent,
  (value) => encodeURIComponent(value).replaceAll('%20', '+'),
  (value) => encodeURIComponent(value).replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
  (value) => new URLSearchParams({ '': value }).toString().slice(1),
  (value) => [...Buffer.from(value)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
]

/** A form for a pet: its name, its status, both, and sometimes a field that nobody knows. */
export function formOf(stream: Stream): string {
  const name = happens(stream, 0.7) ? [['name', someText(stream)]] : []
  const status = happens(stream, 0.7) ? [['status', pick(stream, STATUSES)]] : []
  const more = happens(stream, 0.1) ? [['note', someText(stream)]] : []
  const pairs = [...name, ...status, ...more].map(([key, value = '']) => `${key}=${pick(stream, ESCAPES)(value)}`)
  return (happens(stream, 0.5) ? pairs : pairs.reverse()).join('&')
}

/** A body in parts, with its media type. */
export interface Parts {
  readonly type: string
  readonly body: Buffer
}

const BOUNDARIES = ['b', '----WebKitFormBoundary7MA4YWxk', 'a.b-c_d', '0123456789'.repeat(6)]

/** A file, a note, both or neither, as browsers and other clients write them. */
export function partsOf(stream: Stream): Parts {
  const boundary = pick(stream, BOUNDARIES)
  const note = happens(stream, 0.6) ? [Buffer.from(`${NOTE_HEAD}\r\n\r\n${someText(stream)}`)] : []
  const content = Buffer.from(pick(stream, CONTENTS), 'latin1')
  const file = happens(stream, 0.8)
    ? [Buffer.concat([Buffer.from(`${pick(stream, FILE_HEADS)}\r\n\r\n`), content])]
    : []
  const parts = happens(stream, 0.5) ? [...note, ...file] : [...file, ...note]
  const lines = parts.flatMap((part) => [Buffer.from(`--${boundary}\r\n`), part, Buffer.from('\r\n')])
  return {
    type: `multipart/form-data; boundary=${pick(stream, [boundary, `"${boundary}"`])}`,
    body: Buffer.concat([...lines, Buffer.from(`--${boundary}--${pick(stream, ['\r\n', ''])}`)]),
  }
}

const NOTE_HEAD = 'Content-Disposition: form-data; name="additionalMetadata"'
const FILE_HEADS = [
  'Content-Disposition: form-data; name="file"; filename="a.png"\r\nContent-Type: image/png',
  'Content-Disposition: form-data; name="file"; filename="two words.jpg"',
  'content-disposition: form-data; filename="a.png"; name="file"\r\ncontent-type: application/octet-stream',
]
const CONTENTS = ['', 'bytes', '\x00\xff\xfe\r\n\x80', '--b', '\r\n--', 'a'.repeat(5000)]

/** Parts that are not whole, or without their boundary: some servers read what is there (no document says that they must not). */
export function breakParts(stream: Stream, { type, body }: Parts): Parts {
  return pick<() => Parts>(stream, [
    () => ({ type, body: body.subarray(0, Math.max(1, body.lastIndexOf('--') - 4)) }),
    () => ({ type: 'multipart/form-data', body }),
    () => ({ type: 'multipart/form-data; boundary=other', body }),
    () => ({ type, body: Buffer.from('no parts at all') }),
  ])()
}

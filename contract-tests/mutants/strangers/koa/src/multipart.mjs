import busboy from 'busboy'
import { Refusal } from './http.mjs'
import { is } from './variant.mjs'

/** Fields and files of a multipart body, read to the end. Rejects with 400 on a broken one. */
export function parseMultipart(bytes, contentType) {
  return new Promise((resolve, reject) => {
    const fields = {}
    const files = []
    const broken = (err) =>
      reject(err instanceof Refusal ? err : new Refusal(400, `broken multipart body: ${err.message}`))
    let parser
    try {
      parser = busboy({
        headers: { 'content-type': contentType },
        defParamCharset: 'utf8',
        limits: { fieldSize: 10 * 1024 * 1024, fields: 10000, files: 1000 },
      })
    } catch (err) {
      broken(err)
      return
    }
    parser.on('field', (name, value) => {
      if (name) fields[`$${name}`] = value
    })
    parser.on('file', (name, stream, info) => {
      let size = 0
      if (is('b56') && /[^\x20-\x7e]/.test(info.filename ?? ''))
        parser.destroy(new Refusal(500, 'ERR_INVALID_CHAR in header X-File-Name'))
      stream.on('data', (chunk) => {
        size += chunk.length
        if (is('b55') && size > 1024 * 1024) parser.destroy(new Refusal(413, 'File too large'))
      })
      stream.on('error', () => {})
      stream.on('end', () => files.push({ name, filename: info.filename, type: info.mimeType, size }))
    })
    parser.on('error', broken)
    parser.on('close', () => resolve({ fields, files }))
    parser.end(bytes)
  })
}

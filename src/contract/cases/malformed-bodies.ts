import { JSON_TYPE, XML_TYPE } from './encode-body.ts'

/** Bytes that are no body of the operation, and what is wrong with them. */
export interface MalformedBody {
  readonly about: string
  readonly body: string
  readonly type: string
}

/** Bodies that are no JSON, none at all, or of a media type that the document does not name. */
export function malformedJson(value: unknown): MalformedBody[] {
  const text = JSON.stringify(value)
  const type = JSON_TYPE
  return [
    { about: 'JSON that ends too early', body: text.slice(0, -1), type },
    { about: 'text after the JSON', body: `${text}}`, type },
    { about: 'a comma before the end', body: `${text.slice(0, -1)},}`, type },
    { about: 'no body', body: '', type },
    { about: 'JSON as text/plain', body: text, type: 'text/plain' },
  ]
}

/** Bodies that are no XML, or none at all. */
export const malformedXml = (text: string): MalformedBody[] => [
  { about: 'XML that ends too early', body: text.replace(/<\/[^>]*>$/, ''), type: XML_TYPE },
  { about: 'text after the XML', body: `${text}text`, type: XML_TYPE },
  { about: 'no XML', body: '', type: XML_TYPE },
]

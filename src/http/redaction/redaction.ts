import type { Violation } from '../../openapi/api-error.ts'
import { tokensOf } from '../../openapi/json-pointer.ts'
import { bytesOf, bytesOfLatin1, latin1Of, strictTextOf } from '../bytes.ts'
import { hasLooseSecret, redactJson } from './redact-json.ts'
import { boundaryOf, redactMultipart } from './redact-multipart.ts'
import { redactXml } from './redact-xml.ts'
import { decode, isSecretName, mentionsSecret } from './secret-names.ts'
import { createHide, HIDDEN, type Hide, redactPairs } from './secret-values.ts'

/** Gives what clients and servers sent without its secrets. The time it takes is linear in the length. */
export interface Redaction {
  /** The path and query: values of secret names are hidden, and so is the whole query of a login. */
  readonly target: (target: string) => string
  readonly headers: (headers: Readonly<Record<string, string | string[] | undefined>>) => Record<string, string>
  /** A decoded value, with the fields hidden that are secrets by their names. */
  readonly value: (value: unknown) => unknown
  /** A body. Everything but the secrets stays as it is. Without a content type it tells itself what it is. */
  readonly body: (text: string, contentType?: string) => string
  readonly bytes: (bytes: Uint8Array, contentType?: string) => Uint8Array
  /** A text for people, which may quote anything. */
  readonly phrase: Hide
  /** Only what is a secret by its form, and the keys of this program: the rest can be sent again. */
  readonly hide: Hide
  /** The violation of a request to `target`; the received value is hidden if it is a secret, or without the secrets in it. */
  readonly violation: (violation: Violation, target: string) => Violation
}

/** Hides what is a secret by its name or its form, and the keys of this program. */
export function createRedaction(keys: readonly string[] = []): Redaction {
  const hide = createHide(keys)
  const text = createTextRedaction(hide)
  const target = (whole: string) => redactTarget(whole, hide, text.inside)
  const value = (given: unknown) => redactValue(given, text.inside)
  const bytes: Redaction['bytes'] = (given, contentType) => {
    const decoded = strictTextOf(given)
    return decoded === undefined
      ? bytesOfLatin1(text.body(latin1Of(given), contentType))
      : bytesOf(text.body(decoded, contentType))
  }
  return {
    target,
    value,
    bytes,
    body: text.body,
    phrase: text.inside,
    hide,
    headers: (headers) =>
      Object.fromEntries(
        Object.entries(headers).flatMap(([name, given]) =>
          given === undefined ? [] : [[name, isSecretName(name) ? HIDDEN : text.inside(String(given))] as const],
        ),
      ),
    violation: (violation, of) => redactViolation(violation, of, text.inside),
  }
}

/** Without keys of this program, of which only names and forms tell. */
export const REDACTION: Redaction = createRedaction()

/** Strings within strings are looked into this deep; what is deeper is hidden. */
const LEVELS = 6

/** Every other byte of UTF-16 is 0 in what is ASCII otherwise. No name stands in it that could be told from its value. */
const UTF_16 = /(?:\0[^\0]){4}/

function createTextRedaction(hide: Hide) {
  const simple = (text: string) => redactPairs(hide(text))
  const inside = (text: string, isName = false, levels = LEVELS): string => {
    if (isName) return hide(text, isName)
    if (!text.includes('"') && !text.includes('<')) return simple(text)
    if (levels === 0) return mentionsSecret(text) ? HIDDEN : simple(text)
    const deeper: Hide = (word, named) => inside(word, named, levels - 1)
    const start = text.trimStart()[0]
    if (start === '<') return redactXml(text, deeper)
    return simple(redactJson(text, deeper))
  }
  const body = (text: string, contentType = ''): string => {
    if (UTF_16.test(text)) return mentionsSecret(text) ? HIDDEN : text
    if (/^multipart\//i.test(contentType) || text.startsWith('--'))
      return redactMultipart(text, boundaryOf(contentType, text), (content) =>
        /^\s*[[{<"]/.test(content) ? body(content) : hide(content),
      )
    const start = text.trimStart()
    if (start.startsWith('<')) return redactXml(text, inside)
    if (/^[[{"]/.test(start)) return hasLooseSecret(text) ? HIDDEN : redactJson(text, inside)
    const isForm = /urlencoded/i.test(contentType) || !/\s/.test(text)
    return isForm ? redactQuery(text, inside) : inside(text)
  }
  return { inside: (text: string, isName?: boolean) => inside(text, isName), body }
}

const LOGIN = /\/user\/login\/*$/i

/** True for a login, whose query holds a password. */
export const isLogin = (target: string): boolean => LOGIN.test(decode(target.split('?', 1)[0] ?? ''))

/** `inside` looks into values; `hide` alone also into what stands before them. */
function redactTarget(target: string, hide: Hide, inside: Hide): string {
  const mark = target.indexOf('?')
  const path = mark < 0 ? target : target.slice(0, mark)
  const segments = hide(path).split('/')
  const shown = segments.map((segment) => redactSegment(segment, inside)).join('/')
  if (mark < 0) return shown
  return `${shown}?${isLogin(target) ? HIDDEN : redactQuery(target.slice(mark + 1), inside)}`
}

/** A segment may have parameters of its own (`;name=value`). */
function redactSegment(segment: string, inside: Hide): string {
  const decoded = decode(segment)
  const shown = inside(decoded)
  return shown === decoded ? segment : encodeURIComponent(shown).replaceAll('%3B', ';').replaceAll('%3D', '=')
}

/** A query or a form. Only `&` separates its pairs, so a semicolon belongs to the value. */
const redactQuery = (query: string, hide: Hide): string =>
  query
    .split('&')
    .map((pair) => redactPair(pair, hide))
    .join('&')

function redactPair(pair: string, hide: Hide): string {
  const equals = pair.indexOf('=')
  if (equals < 0) return rewritten(pair, hide)
  const name = pair.slice(0, equals)
  if (isSecretName(name.replaceAll('+', ' '))) return `${name}=${HIDDEN}`
  return `${rewritten(name, (text) => hide(text, true))}=${rewritten(pair.slice(equals + 1), hide)}`
}

function rewritten(text: string, hide: Hide): string {
  const decoded = /[%+]/.test(text) ? decode(text.replaceAll('+', ' ')) : text
  const shown = hide(decoded)
  return shown === decoded ? text : encodeURIComponent(shown)
}

/** Fields that hold the value of the one that an object names. */
const VALUES = new Set(['value', 'equals', 'expected', 'received'])

function redactValue(value: unknown, hide: Hide): unknown {
  if (typeof value === 'string') return hide(value)
  if (Array.isArray(value)) return value.map((item) => redactValue(item, hide))
  if (typeof value !== 'object' || value === null) return value
  const isNamed = ['name', 'key', 'field', 'pointer'].some((label) => isSecretLabel(Reflect.get(value, label)))
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      hide(name, true),
      isSecretName(name) || (isNamed && VALUES.has(name)) ? HIDDEN : redactValue(item, hide),
    ]),
  )
}

const isSecretLabel = (label: unknown) => typeof label === 'string' && isSecretPointer(label)

/** True for a name, or a JSON Pointer, that leads into a secret. */
export const isSecretPointer = (pointer: string): boolean =>
  pointer.startsWith('/') ? tokensOf(pointer).some(isSecretName) : isSecretName(pointer)

function redactViolation(violation: Violation, target: string, hide: Hide): Violation {
  const { pointer, received } = violation
  if (received === undefined) return violation
  const inQueryOfLogin = pointer.startsWith('/query') && isLogin(target)
  if (inQueryOfLogin || isSecretPointer(pointer)) return { ...violation, received: HIDDEN }
  // A text that mentions a secret may be a body that could not be read, so all of it is hidden.
  const isBody = pointer.startsWith('/body')
  const hideText: Hide = (text, isName) => (isBody && !isName && mentionsSecret(text) ? HIDDEN : hide(text, isName))
  return { ...violation, received: redactValue(received, hideText) }
}

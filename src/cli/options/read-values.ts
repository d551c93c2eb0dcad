import { isIP } from 'node:net'
import { nearest } from '../../openapi/nearest.ts'

/** The result of parsing a text from the command line or the environment: a value, or a description of what is valid. */
export type Reading<T> = { readonly value: T } | { readonly expected: string; readonly suggestion?: string | undefined }

/** Accepts a whole number in decimal digits, from `least` to `most`. */
export function readWholeNumber(text: string, least: number, most: number): Reading<number> {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN
  return value >= least && value <= most ? { value } : { expected: `a whole number from ${least} to ${most}` }
}

const SWITCH: Readonly<Record<string, boolean>> = { true: true, 1: true, on: true, false: false, 0: false, off: false }

/** Accepts true, 1, on, false, 0 and off, in any letter case. */
export function readSwitch(text: string): Reading<boolean> {
  const value = SWITCH[text.toLowerCase()]
  return value === undefined ? { expected: 'true or false' } : { value }
}

/** Accepts a host name or an IP address. An IPv6 address may have the brackets of a URL. */
export function readHost(text: string): Reading<string> {
  const value = text.replace(/^\[(.*)\]$/, '$1')
  return /^[\w.:%-]+$/.test(value) ? { value } : { expected: 'a host name or an IP address' }
}

/** True for an IP address or `localhost`. Shells set HOST to the name of the machine; platforms that mean a server write these. */
export function isAddress(text: string): boolean {
  return text === 'localhost' || isIP(text.replace(/^\[(.*)\]$/, '$1')) > 0
}

/** Accepts keys of characters that a header can carry. */
export function readKeys(texts: readonly string[]): Reading<readonly string[]> {
  const sendable = texts.length > 0 && texts.every((text) => /^[\x21-\x7e]+$/.test(text))
  return sendable ? { value: Object.freeze([...texts]) } : { expected: 'visible ASCII characters without spaces' }
}

/** Accepts any text that is not blank. */
export function readText(text: string): Reading<string> {
  return text.trim() === '' ? { expected: 'not blank' } : { value: text }
}

/** Accepts one of the choices. */
export function readChoice<T extends string>(text: string, choices: readonly T[]): Reading<T> {
  const value = choices.find((choice) => choice === text)
  return value === undefined
    ? { expected: `one of ${choices.join(', ')}`, suggestion: nearest(text, choices) }
    : { value }
}

/** Accepts origins as a browser sends them: scheme, host and port. */
export function readOrigins(texts: readonly string[]): Reading<readonly string[]> {
  const isOrigin = (text: string) => URL.canParse(text) && new URL(text).origin === text
  return texts.every(isOrigin)
    ? { value: Object.freeze([...texts]) }
    : { expected: 'an origin such as http://localhost:3000' }
}

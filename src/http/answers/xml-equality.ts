import { project } from '../../openapi/codecs/project.ts'
import type { Schema } from '../../openapi/schema.ts'
import { isObject } from '../json-value.ts'
import { type Difference, findDifference } from './compare.ts'

/** Finds where XML and JSON of one record differ. XML has no empty lists, no order of records, and fewer characters. */
export function findXmlDifference(json: unknown, xml: unknown, schema: Schema): Difference | undefined {
  return findDifference(carried(project(json, schema)), carried(project(xml, schema)))
}

/** Every character that is no Char of XML 1.0 (section 2.2). */
const UNCARRIED = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu

function carried(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(UNCARRIED, '\uFFFD')
  if (Array.isArray(value)) return sortById(value.map(carried))
  if (!isObject(value)) return value
  const kept = Object.entries(value).filter(([, child]) => !(Array.isArray(child) && child.length === 0))
  return Object.fromEntries(
    kept.map(([name, child]) => [name, isObject(child) && Object.keys(child).length === 0 ? {} : carried(child)]),
  )
}

function sortById(items: unknown[]): unknown[] {
  const isRecords = items.every((item) => isObject(item) && typeof item.id === 'number' && 'photoUrls' in item)
  return isRecords ? items.sort((a, b) => Object(a).id - Object(b).id) : items
}

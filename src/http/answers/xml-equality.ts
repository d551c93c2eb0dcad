import { project } from '../../openapi/codecs/project.ts'
import { carriedByXml } from '../../openapi/codecs/xml-characters.ts'
import { isObject } from '../../openapi/json-object.ts'
import type { Schema } from '../../openapi/schema.ts'
import { type Difference, findDifference } from './compare.ts'

/** Finds where XML and JSON of one record differ. XML has no empty lists, no order of records, and fewer characters. */
export function findXmlDifference(json: unknown, xml: unknown, schema: Schema): Difference | undefined {
  return findDifference(carried(project(json, schema)), carried(project(xml, schema)))
}

function carried(value: unknown): unknown {
  if (typeof value === 'string') return carriedByXml(value)
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

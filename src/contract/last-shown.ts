import { isObject } from '../openapi/json-object.ts'
import { type Interaction, isSuccess } from './interaction.ts'

/** Keeps the record that the server last showed at each path, so that a difference that is known already is not found again elsewhere. */
export interface LastShown {
  readonly saw: (interaction: Interaction) => void
  /** The fields of the record that the server last showed at the path; undefined if it showed none since the last write there. */
  readonly at: (path: string, record: object) => object | undefined
}

const IN_JSON = /^application\/json\b/

export function createLastShown(): LastShown {
  const shown = new Map<string, Readonly<Record<string, unknown>>>()
  return {
    saw: (interaction) => {
      const { request, value, answer } = interaction
      if (request.method === 'HEAD' || request.method === 'OPTIONS') return
      const isJson = IN_JSON.test(answer?.headers['content-type'] ?? '')
      if (request.method !== 'GET' || !isSuccess(interaction)) shown.delete(request.path)
      else if (isJson && isObject(value)) shown.set(request.path, value)
    },
    at: (path, record) => {
      const known = shown.get(path)
      const names = Object.keys(record).filter((name) => Object.hasOwn(known ?? {}, name))
      return known && Object.fromEntries(names.map((name) => [name, known[name]]))
    },
  }
}

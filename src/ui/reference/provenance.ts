import type { Marked } from '../app/api-document.ts'

/** The origin of a part of the document: the reference, this project's inference, or a live server. */
export type Provenance = 'published' | 'inferred' | 'observed'

export function provenanceOf(part: Marked): Provenance {
  if (part['x-observed']) return 'observed'
  return part['x-inferred'] ? 'inferred' : 'published'
}

/** The members of a published part that are of another origin, such as its example. */
export const exceptionsIn = (part: Marked): readonly (readonly [name: string, provenance: Provenance])[] => [
  ...(part['x-inferred-keys'] ?? []).map((name) => [name, 'inferred'] as const),
  ...(part['x-observed-keys'] ?? []).map((name) => [name, 'observed'] as const),
]

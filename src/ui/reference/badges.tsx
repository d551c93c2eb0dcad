import type { Marked } from '../app/api-document.ts'
import { exceptionsIn, type Provenance, provenanceOf } from './provenance.ts'

const TITLES: Readonly<Record<Provenance, string>> = {
  published: 'as the reference publishes it',
  inferred: 'inferred where the reference is silent',
  observed: 'observed at a live server',
}

const Badge = ({ provenance, of = '' }: { readonly provenance: Provenance; readonly of?: string }) => (
  <span class={`badge ${provenance}`} title={TITLES[provenance]}>
    {of === '' ? provenance : `${of} ${provenance}`}
  </span>
)

/** The origin of a part of the document, and of its members that are of another origin. */
export const Badges = ({ part }: { readonly part: Marked }) => (
  <span class="badges">
    <Badge provenance={provenanceOf(part)} />
    {exceptionsIn(part).map(([name, provenance]) => (
      <Badge key={name} provenance={provenance} of={name} />
    ))}
  </span>
)

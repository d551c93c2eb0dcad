import type { StoredRecord } from '../control/types.ts'
import { picturesOf } from './records.ts'

/** The pictures of a record that are data. An address elsewhere is text: the page asks no other host. */
export function Pictures({ record }: { readonly record: StoredRecord }) {
  const pictures = picturesOf(record)
  if (pictures.length === 0) return null
  return (
    <div class="pictures">
      {pictures.slice(0, 12).map((url, at) => (
        <img key={url.slice(-80)} src={url} alt={`${at + 1} of ${pictures.length}`} width={72} height={72} />
      ))}
    </div>
  )
}

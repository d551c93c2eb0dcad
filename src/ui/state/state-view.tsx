import { useApp } from '../app/app-context.ts'
import { linkTo } from '../app/route.ts'
import { useCell } from '../parts/use-cell.ts'
import { useCurrentInView } from '../parts/use-current-in-view.ts'
import { CollectionView } from './collection-view.tsx'
import { COLLECTIONS, isCollection } from './collections.ts'
import { FileTools } from './file-tools.tsx'
import { PackTool } from './pack-tool.tsx'
import { SnapshotsView } from './snapshots-view.tsx'

/** The data of the session: its collections, and its snapshots. */
export function StateView() {
  const { route, session } = useApp()
  const { rest } = useCell(route)
  const id = useCell(session)
  const [name, key, isNew] = rest
  const collection = isCollection(name) ? name : 'pets'
  const current = name === 'snapshots' ? name : collection
  const tabs = useCurrentInView(current)
  return (
    <>
      <div class="bar-row">
        <nav ref={tabs} class="subtabs" aria-label="Collections">
          {[...COLLECTIONS, 'snapshots'].map((one) => (
            <a key={one} href={linkTo('state', one)} {...(one === current && { 'aria-current': 'page' as const })}>
              {one}
            </a>
          ))}
        </nav>
        <div class="actions">
          <PackTool />
          <FileTools />
        </div>
      </div>
      {name === 'snapshots' ? (
        <SnapshotsView key={id} selected={key} />
      ) : (
        <CollectionView
          key={`${id} ${collection}`}
          collection={collection}
          recordKey={key}
          isNew={isNew !== undefined}
        />
      )}
    </>
  )
}

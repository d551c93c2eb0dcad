import { inArea } from '../fault.ts'
import { atOnceFaults, stepwiseFaults } from './variations/at-once.ts'
import { idFaults } from './variations/ids.ts'
import { keyFaults } from './variations/keys.ts'
import { emptyLookingFaults, lossFaults, nameFaults, sizeFaults, takenForAnother } from './variations/names.ts'
import { askingFaults, httpFaults, preferenceFaults, sendingFaults } from './variations/requests.ts'
import { textFaults } from './variations/texts.ts'
import { viewFaults } from './variations/views.ts'

/** Faults that show when an operation is asked in a way that nobody listed for it. */
export const variationFaults = [
  ...inArea('authentication', keyFaults),
  ...inArea('media-type', askingFaults),
  ...inArea('acceptance', [...sendingFaults, ...preferenceFaults, ...emptyLookingFaults]),
  ...inArea('http', httpFaults),
  ...inArea('read-back', [...viewFaults, ...textFaults, ...stepwiseFaults, ...nameFaults, ...lossFaults]),
  ...inArea('routing', idFaults),
  ...inArea('idempotency', atOnceFaults),
  ...inArea('isolation', takenForAnother),
  ...inArea('server-error', sizeFaults),
]

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { pathOf } from '../../openapi/package-files.ts'
import type { UiFile, UiFiles } from '../ui/ui-files.ts'

/** The files of the page in the folder of a build. Each is read when it is asked for, since browsers keep them. */
export function uiFiles(folder: string = pathOf('dist/ui')): UiFiles {
  const list = join(folder, 'files.json')
  return {
    list: () => (existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as UiFile[]) : undefined),
    read: ({ file }, coding) => {
      const place = join(folder, file)
      if (!existsSync(place)) return undefined
      const packed = readFileSync(place)
      return coding === 'gzip' ? packed : gunzipSync(packed)
    },
  }
}

/** A file of the page, as the build lists it. */
export interface UiFile {
  /** Where it is served: `/`, or below `/__admin/ui/`. */
  readonly path: string
  /** Its place in the folder of the build, compressed by gzip. */
  readonly file: string
  /** The media type. */
  readonly type: string
  /** A strong entity tag of the compressed bytes, in quotes. */
  readonly etag: string
  /** The size before it was compressed. */
  readonly bytes: number
}

/** The files of the page. */
export interface UiFiles {
  /** Reads the list; undefined if the page was not built. */
  list(): readonly UiFile[] | undefined
  /** Reads a file of the list; undefined if a build has replaced it. */
  read(file: UiFile, coding: 'gzip' | 'identity'): Uint8Array | undefined
}

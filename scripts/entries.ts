/** One way to import the package. */
export interface Entry {
  /** The module that it is made from. */
  readonly source: string
  /** Present where only ES modules can import it: why, for those who `require` it. */
  readonly onlyImport?: string
  /** True for a bundle that runs in a page (`bundle-browser.ts`). */
  readonly forPages?: true
  /** Packages that the user's project has, which are not bundled. */
  readonly external?: readonly string[]
}

/** All ways to import the package, by the names of their files in `dist/bundle`. */
export const ENTRIES: Readonly<Record<string, Entry>> = {
  index: { source: 'src/index.ts' },
  browser: {
    source: 'src/browser.ts',
    onlyImport: 'inboxes-mock/browser must be imported: it is made for pages. In Node, require inboxes-mock.',
    forPages: true,
  },
  msw: { source: 'src/msw.ts', forPages: true },
  contract: { source: 'src/drift/index.ts' },
  testing: { source: 'src/testing/index.ts' },
  'testing-jest': { source: 'src/testing/jest.ts' },
  'testing-playwright': { source: 'src/testing/playwright.ts' },
  'testing-vitest': {
    source: 'src/testing/vitest.ts',
    onlyImport: 'inboxes-mock/testing/vitest must be imported, as vitest itself: require does not work.',
    external: ['vitest'],
  },
}

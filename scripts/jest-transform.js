import { transformSync } from 'esbuild'

/** Lets jest run the TypeScript sources as they stand: types are taken off, nothing else is changed. */
export default {
  process: (source, sourcefile) =>
    transformSync(source, { loader: 'ts', format: 'esm', target: 'node20', sourcefile, sourcemap: 'inline' }),
}

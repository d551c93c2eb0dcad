const webpack = require('webpack')

/** Bundles a file with webpack, as CommonJS or as a module. Prints errors and warnings. */
const [, , entry, filename] = process.argv
const isModule = filename.endsWith('.mjs')
const options = {
  mode: 'development',
  devtool: false,
  target: 'node',
  entry,
  output: { path: __dirname, filename, ...(isModule && { module: true, chunkFormat: 'module' }) },
  ...(isModule && { experiments: { outputModule: true } }),
}
webpack(options, (error, stats) => {
  if (error) throw error
  process.stderr.write(stats.toString({ all: false, errors: true, warnings: true }))
})

import { build } from 'esbuild'

/**
 * Makes a CommonJS module of faker, which is an ES module: the sources `require` it when they first need it, and jest's own
 * `require` refuses ES modules before Node 24.9.
 */
export default async function setUp() {
  await build({
    entryPoints: ['@faker-js/faker/locale/en'],
    outfile: '.compiled/faker.cjs',
    bundle: true,
    format: 'cjs',
    platform: 'node',
    logLevel: 'warning',
  })
}

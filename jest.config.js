/** Tests run on the sources. Those that start the command, or import the package, need `npm run build` first. */
export default {
  testEnvironment: 'node',
  roots: ['src', 'fixtures', 'scripts', 'contract-tests', 'test', 'bench'].map((folder) => `<rootDir>/${folder}`),
  testMatch: ['**/*.test.ts'],
  transform: { '\\.ts$': './scripts/jest-transform.js' },
  extensionsToTreatAsEsm: ['.ts'],
  // By default jest leaves one core idle, which is half of a small machine.
  maxWorkers: '100%',
  // Ends what hangs; a busy machine is no reason to fail.
  testTimeout: 120_000,
}

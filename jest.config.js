/** Tests run on what `tsc` wrote, so that jest and node load the same modules. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/dist'],
  testMatch: ['**/*.test.js'],
  transform: {},
  // Ends what hangs; a busy machine is no reason to fail.
  testTimeout: 120_000,
}

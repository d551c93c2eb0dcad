/** Tests run on the sources. Those that start the command, or import the package, need `npm run build` first. */
export default {
  testEnvironment: 'node',
  roots: ['src', 'fixtures', 'scripts', 'contract-tests', 'test', 'bench'].map((folder) => `<rootDir>/${folder}`),
  testMatch: ['**/*.test.ts'],
  globalSetup: '<rootDir>/scripts/jest-setup.js',
  moduleNameMapper: { '^@faker-js/faker/locale/en$': '<rootDir>/.compiled/faker.cjs' },
  transform: { '\\.ts$': './scripts/jest-transform.js' },
  extensionsToTreatAsEsm: ['.ts'],
  // Ends what hangs; a busy machine is no reason to fail.
  testTimeout: 120_000,
}

export default { testMatch: '*.spec.mjs', workers: 1, reporter: [['json', { outputFile: '../playwright.json' }]] }

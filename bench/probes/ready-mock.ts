/** Prints how many milliseconds it takes to import the mock and to make one. */
const started = performance.now()
const { createMock } = await import('inboxes-mock')
createMock()
console.log(performance.now() - started)

export {}

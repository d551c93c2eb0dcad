/** Prints how many milliseconds it takes to import Express. */
const started = performance.now()
await import('express')
console.log(performance.now() - started)

export {}

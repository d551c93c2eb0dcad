// Which build of the service this process runs. `plain` is the released one.
let current = 'plain'
export const setVariant = (id) => {
  current = id
}
export const is = (...ids) => ids.includes(current)
export const variantId = () => current
export const sleep = (ms) => new Promise((done) => setTimeout(done, ms))

// Put into the bundles for Node in place of the globals of these names, which jest's environment jsdom does not have.
export { TextDecoder, TextEncoder } from 'node:util'

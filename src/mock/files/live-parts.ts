/** All that a mock in front of a live server loads when it first needs it. */
export { openLive } from '../upstream/open-live.ts'
export { recordingOf } from '../upstream/recording.ts'
export { openTransport } from './open-transport.ts'

import { createMock } from 'inboxes-mock'

/** A mock in a process that tells, when it is asked, how much memory it holds after a collection. */
const { url } = await createMock({ pets: Number(process.argv[2]) }).listen()
process.on('message', () => process.send?.(memoryNow()))
process.on('disconnect', () => process.exit())
process.send?.(url)

function memoryNow() {
  const { gc } = globalThis
  if (gc === undefined) throw new Error('Start this with --expose-gc.')
  gc()
  const { heapUsed, arrayBuffers, rss } = process.memoryUsage()
  return { held: heapUsed + arrayBuffers, rss }
}

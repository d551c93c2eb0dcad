import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { createServer, type Server } from 'node:https'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { readUpstream } from '../../cli/commands/start-upstream.ts'
import { readCommand } from '../../cli/options/read-command.ts'
import { mockBefore } from './live.test.support.ts'

let folder: string
let file: string
let live: Server
let url: string

/** A live server with a certificate that signs itself. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'inboxes-mock-'))
  const key = join(folder, 'key.pem')
  file = join(folder, 'cert.pem')
  const how = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  const what = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', file]
  execFileSync('openssl', ['req', '-x509', ...how, ...what], { stdio: 'ignore' })
  live = createServer({ key: readFileSync(key), cert: readFileSync(file) }, (_request, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"sold":3}')
  })
  await new Promise<void>((resolve) => live.listen(0, '127.0.0.1', resolve))
  url = `https://127.0.0.1:${(live.address() as AddressInfo).port}/v2`
})
afterAll(() => {
  live.closeAllConnections()
  live.close()
  rmSync(folder, { recursive: true })
})

const PATH = '/store/inventory'

test('a certificate that nobody trusts is refused, in a 502 that says so', async () => {
  const { status, text } = await mockBefore(url).get(PATH)
  expect(status).toBe(502)
  expect(text).toMatch(/certificate/)
})

test('the certificate of --ca is trusted', async () => {
  const command = readCommand(['--upstream', url, '--ca', file], {})
  if (command.kind !== 'serve' || !command.config.upstream) throw new Error(JSON.stringify(command))
  const upstream = await readUpstream(command.config.upstream, command.config.ca)
  expect(await mockBefore(url, upstream).get(PATH)).toMatchObject({ status: 200, source: 'live', value: { sold: 3 } })
})

test('HTTPS_PROXY opens a tunnel to the live server, whose certificate is verified', async () => {
  const tunnels: (string | undefined)[] = []
  const proxy = createHttpServer().on('connect', ({ url: host }, socket, head) => {
    tunnels.push(host)
    const onward = connect(Number(new URL(url).port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      onward.write(head)
      onward.pipe(socket).pipe(onward)
    })
    for (const end of [socket, onward]) end.on('error', () => end.destroy())
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const { port } = proxy.address() as AddressInfo
  const command = readCommand(['--upstream', url, '--ca', file], { HTTPS_PROXY: `http://127.0.0.1:${port}` })
  if (command.kind !== 'serve' || !command.config.upstream) throw new Error(JSON.stringify(command))
  const { proxy: settings = {} } = command.config.upstream
  const through = (more: object) => mockBefore(url, { proxy: settings, ...more }).get(PATH)
  expect(await through({ ca: readFileSync(file, 'utf8') })).toMatchObject({ status: 200, source: 'live' })
  expect((await through({})).status).toBe(502)
  expect(tunnels).toEqual([new URL(url).host, new URL(url).host])
  proxy.closeAllConnections()
  proxy.close()
})

test('a file of --ca that has no certificate is refused', async () => {
  await expect(readUpstream({ url }, join(folder, 'key.pem'))).rejects.toThrow('--ca')
  await expect(readUpstream({ url }, join(folder, 'none.pem'))).rejects.toThrow('cannot be used')
})

import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathOf } from '../src/openapi/package-files.ts'
import type { Contender } from './contender.ts'

/** Another mock server: tools of the bench, which are installed beside it and are no dependencies of the package. */
interface Peer {
  readonly name: string
  /** The package and its exact version. */
  readonly spec: string
  /** The script that `node` runs, below `node_modules`. */
  readonly bin: string
  readonly basePath: string
  readonly argv: (port: string, files: PeerFiles) => readonly string[]
}

/** The input of a peer: the document, or records in json-server's form. */
export interface PeerFiles {
  readonly document: string
  readonly records: string
}

/** Asked for nothing in particular, or for XML, Prism answers with 61 bytes that break the document: `<xml><id>1</id>…`. */
export const PRISM_XML = 'Prism without its log, in XML'

const PRISM = { spec: '@stoplight/prism-cli@5.16.0', bin: '@stoplight/prism-cli/dist/index.js', basePath: '' }
const SILENT = ['--verboseLevel', 'silent']

const prismOn =
  (flags: readonly string[]): Peer['argv'] =>
  (port, { document }) => ['mock', '--port', port, '--host', '127.0.0.1', ...flags, document]

/** Each in one version, so that what is measured is the same next time. */
export const PEERS: readonly Peer[] = [
  {
    name: 'json-server 1 beta',
    spec: 'json-server@1.0.0-beta.3',
    bin: 'json-server/lib/bin.js',
    basePath: '',
    argv: (port, { records }) => ['--port', port, records],
  },
  {
    name: 'json-server 0.17',
    spec: 'json-server@0.17.4',
    bin: 'json-server/lib/cli/bin.js',
    basePath: '',
    argv: (port, { records }) => ['--port', port, '--host', '127.0.0.1', '--quiet', records],
  },
  { ...PRISM, name: 'Prism', argv: prismOn([]) },
  { ...PRISM, name: 'Prism without its log', argv: prismOn(SILENT) },
  { ...PRISM, name: PRISM_XML, argv: prismOn(SILENT) },
  {
    name: 'Mockoon',
    spec: '@mockoon/cli@9.9.0',
    bin: '@mockoon/cli/bin/run.js',
    basePath: '/v2',
    argv: (port, { document }) => ['start', '--data', document, '--port', port, '--hostname', '127.0.0.1'],
  },
]

const folder = pathOf('bench/.peers/')

/** Installs the peers that are not installed yet; gives them all. */
export function installPeers(files: PeerFiles): Contender[] {
  return PEERS.map((peer) => ({
    name: peer.name,
    basePath: peer.basePath,
    argv: (port) => [install(peer), ...peer.argv(String(port), files)],
  }))
}

/** The document, and the pet as json-server has it. */
export function writePeerFiles(document: string, pet: object): PeerFiles {
  mkdirSync(folder, { recursive: true })
  const records = join(folder, 'records.json')
  writeFileSync(records, JSON.stringify({ pet: [{ ...pet, id: '1' }] }))
  return { document, records }
}

/** The path of the peer's command. */
function install({ spec, bin }: Peer): string {
  const prefix = join(folder, spec.replace('/', '+'))
  const path = join(prefix, 'node_modules', bin)
  if (existsSync(path)) return path
  mkdirSync(prefix, { recursive: true })
  execFileSync('npm', ['install', '--prefix', prefix, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', spec])
  return path
}

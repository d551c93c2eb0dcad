import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A server that was written from the reference and the decisions alone. */
export interface Stranger {
  readonly id: string
  /** The program that runs it, and how Debian calls the packages that bring it. */
  readonly program: string
  readonly packages: string
  /** Arguments with which the program ends with 0 if it has the libraries that the server loads. */
  readonly probe?: readonly string[]
  readonly file: string
  /** The arguments with which the program makes the file, which then runs by itself. */
  readonly make?: readonly string[]
}

export const STRANGERS: readonly Stranger[] = [
  { id: 'express', program: 'node', packages: 'nodejs', file: 'server.mjs' },
  { id: 'python', program: 'python3', packages: 'python3', file: 'server.py' },
  { id: 'fastify', program: 'node', packages: 'nodejs', file: 'server.mjs' },
  { id: 'ruby', program: 'ruby', packages: 'ruby ruby-rexml', file: 'server.rb' },
  { id: 'perl', program: 'perl', packages: 'perl', file: 'server.pl' },
  { id: 'go', program: 'go', packages: 'golang-go', file: './.server', make: ['build', '-o', '.server', '.'] },
  { id: 'hono', program: 'node', packages: 'nodejs', file: 'server.mjs' },
  { id: 'php', program: 'php', packages: 'php-cli php-xml', probe: ['-r', 'new DOMDocument();'], file: 'server.php' },
  { id: 'lua', program: 'lua5.4', packages: 'lua5.4 lua-socket lua-expat', file: 'server.lua' },
  { id: 'java', program: 'java', packages: 'default-jdk-headless', file: 'Server.java' },
  { id: 'tcl', program: 'tclsh', packages: 'tcl', file: 'server.tcl' },
  {
    id: 'rust',
    program: 'rustc',
    packages: 'rustc',
    file: './.server',
    make: ['-O', '-o', '.server', 'src/main.rs'],
  },
  { id: 'koa', program: 'node', packages: 'nodejs', file: 'server.mjs' },
  {
    id: 'go-service',
    program: 'go',
    packages: 'golang-go',
    file: './.server',
    make: ['build', '-o', '.server', '.'],
  },
  {
    id: 'sinatra',
    program: 'ruby',
    packages: 'ruby-sinatra puma ruby-rexml',
    probe: ['-e', "require 'sinatra/base'; require 'puma'"],
    file: 'server.rb',
  },
  { id: 'flask', program: 'python3', packages: 'python3-flask', probe: ['-c', 'import flask'], file: 'server.py' },
  {
    id: 'fastapi',
    program: 'python3',
    packages: 'python3-fastapi uvicorn',
    probe: ['-c', 'import fastapi, uvicorn'],
    file: 'server.py',
  },
  { id: 'elixir', program: 'elixir', packages: 'elixir', file: 'server.exs' },
]

/** One thing in which a server differs from its plain self. */
export interface StrangerVariant {
  readonly id: string
  /** A freedom is right by the reference and the decisions, a fault is not. */
  readonly kind: 'freedom' | 'fault'
  readonly title: string
  /** The sentence that allows it, or that it breaks. */
  readonly why: string
}

/** The variant without any difference. */
export const PLAIN = 'plain'

export const folderOf = ({ id }: Stranger): string =>
  fileURLToPath(new URL(`contract-tests/mutants/strangers/${id}/`, rootUrl()))

/** Compiled files are in a folder at the root. */
function rootUrl(): URL {
  const [root = import.meta.url] = import.meta.url.split(/(?:contract-tests|\.compiled)\//)
  return new URL(root)
}

export const variantsOf = (stranger: Stranger): readonly StrangerVariant[] =>
  JSON.parse(readFileSync(`${folderOf(stranger)}variants.json`, 'utf8'))

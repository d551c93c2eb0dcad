import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { compile } from '../scripts/compile.js'

/** Runs a script of `probes/` in a process of its own; resolves with its output. Arguments that are flags go to node. */
export async function runProbe(name: string, ...args: readonly string[]): Promise<string> {
  const script = await compile(`bench/probes/${name}.ts`)
  const isFlag = (arg: string) => arg.startsWith('-')
  const argv = [...args.filter(isFlag), script, ...args.filter((arg) => !isFlag(arg))]
  const { stdout } = await promisify(execFile)(process.execPath, argv, { encoding: 'utf8' })
  return stdout.trim()
}

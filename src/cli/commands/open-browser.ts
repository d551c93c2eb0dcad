import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { printable } from '../../http/printable.ts'
import type { Environment } from '../options/settings.ts'

/** Milliseconds for the program that opens a page to fail; a browser that is started by it stays. */
const TIME_TO_FAIL = 2_000

/** Opens an address in the default browser. Resolves with the reason if it could not. */
export async function openBrowser(
  url: string,
  env: Environment = process.env,
  platform: NodeJS.Platform = process.platform,
): Promise<string | undefined> {
  const reason = reasonNotTo(env, platform)
  if (reason !== undefined) return reason
  const [program, ...args] = openerFor(env, platform)
  try {
    const child = spawn(program, [...args, url], { stdio: 'ignore', detached: true, env })
    const exited = once(child, 'exit')
    exited.catch(() => {})
    await once(child, 'spawn')
    child.unref()
    const [code] = await Promise.race([exited, sleep(TIME_TO_FAIL, [0], { ref: false })])
    return code === 0 ? undefined : `${printable(program)} ended with ${code ?? 'a signal'}`
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException
    return `${printable(program)} cannot be started (${code})`
  }
}

function reasonNotTo(env: Environment, platform: NodeJS.Platform): string | undefined {
  if (env.CI && env.CI !== 'false') return 'CI is set, and there is nobody to look'
  const hasDisplay = Boolean(env.DISPLAY || env.WAYLAND_DISPLAY || env.BROWSER || isSubsystem(env))
  const needsDisplay = platform !== 'darwin' && platform !== 'win32'
  return needsDisplay && !hasDisplay ? 'there is no display (DISPLAY and WAYLAND_DISPLAY are not set)' : undefined
}

/** Linux inside Windows has the browser of Windows. */
const isSubsystem = (env: Environment) => Boolean(env.WSL_DISTRO_NAME)

type Program = readonly [program: string, ...args: string[]]

function openerFor(env: Environment, platform: NodeJS.Platform): Program {
  if (env.BROWSER) return [env.BROWSER]
  if (platform === 'darwin') return ['open']
  if (platform === 'win32' || isSubsystem(env)) return ['rundll32.exe', 'url.dll,FileProtocolHandler']
  return ['xdg-open']
}

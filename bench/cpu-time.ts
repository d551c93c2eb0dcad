import { readdirSync, readFileSync } from 'node:fs'

/** The CPU time of all threads of a process in microseconds, as Linux tells it: in nanoseconds, where `stat` counts hundredths of a second. */
export function cpuTimeOf(pid: number): number {
  const tasks = `/proc/${pid}/task`
  return namesIn(tasks).reduce((sum, task) => sum + Number(read(`${tasks}/${task}/schedstat`).split(' ')[0]), 0) / 1_000
}

/** The CPU time of a process and of all that it has started and that still run. */
export function cpuTimeOfTree(root: number): number {
  const parents = new Map(
    namesIn('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), Number(read(`/proc/${name}/stat`).split(') ').at(-1)?.split(' ')[1])]),
  )
  const isInTree = (pid: number | undefined): boolean =>
    pid !== undefined && (pid === root || isInTree(parents.get(pid)))
  return [...parents.keys()].filter(isInTree).reduce((sum, pid) => sum + cpuTimeOf(pid), 0)
}

/** A process may end while it is looked at. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

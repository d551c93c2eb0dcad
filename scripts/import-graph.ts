/** The files that each file imports. Files that are not a key do not count. */
export type Graph = ReadonlyMap<string, readonly string[]>

/** The groups of files that import each other, directly or through others. */
export function cyclesOf(graph: Graph): string[][] {
  const reached = new Map([...graph.keys()].map((file) => [file, reachedFrom(graph, file)]))
  const isTogether = (a: string, b: string) => reached.get(a)?.has(b) === true && reached.get(b)?.has(a) === true
  const groups: string[][] = []
  for (const file of graph.keys()) {
    const group = groups.find(([first]) => first !== undefined && isTogether(first, file))
    if (group) group.push(file)
    else if (isTogether(file, file)) groups.push([file])
  }
  return groups
}

function reachedFrom(graph: Graph, start: string): Set<string> {
  const reached = new Set(graph.get(start))
  // A Set that grows during the loop is walked to its new end.
  for (const file of reached) for (const next of graph.get(file) ?? []) reached.add(next)
  return reached
}

/** The most files on one way of imports; a way does not pass a file twice. */
export function depthOf(graph: Graph): number {
  const known = new Map<string, number>()
  const depth = (file: string, trail: ReadonlySet<string>): number => {
    const found = known.get(file)
    if (found !== undefined || !graph.has(file) || trail.has(file)) return found ?? 0
    const below = (graph.get(file) ?? []).map((next) => depth(next, new Set([...trail, file])))
    const own = 1 + Math.max(0, ...below)
    known.set(file, own)
    return own
  }
  return Math.max(0, ...[...graph.keys()].map((file) => depth(file, new Set())))
}

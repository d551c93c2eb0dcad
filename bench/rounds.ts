import { type Contender, runToEnd, type Started, start } from './contender.ts'
import { type Load, load, type Pressure } from './load.ts'
import { bytesOf, type Sample } from './requests.ts'

/** Values by contender, one for each round. */
export type Measured<T> = ReadonlyMap<string, readonly T[]>

/** Does each thing once a round, in an order that turns, so that none always comes first. */
export async function interleave<T>(
  rounds: number,
  things: Readonly<Record<string, () => Promise<T>>>,
): Promise<Measured<T>> {
  const measured = new Map<string, T[]>(Object.keys(things).map((name) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const [name, measure] of turned(Object.entries(things), round)) measured.get(name)?.push(await measure())
  }
  return measured
}

function turned<T>(list: readonly T[], by: number): T[] {
  const at = by % Math.max(1, list.length)
  return [...list.slice(at), ...list.slice(0, at)]
}

/**
 * From the start of `node` to the first 200, in milliseconds; `node -e 0` runs beside them, to its end. Each starts once before: a
 * program that lets Node keep compiled code finds it, as at every start but the first of a version.
 */
export async function measureStarts(contenders: readonly Contender[], sample: Sample, rounds: number) {
  for (const contender of contenders) await keepCode(contender, sample)
  const starts = contenders.map((contender) => [contender.name, () => startAndStop(contender, sample)] as const)
  return interleave(rounds, { 'node -e 0': () => runToEnd(['-e', '0']), ...Object.fromEntries(starts) })
}

/** Starts a contender and lets it end by itself, which is when Node writes the code that it compiled. */
export async function keepCode(contender: Contender, sample: Sample): Promise<void> {
  const started = await start(contender, bytesOf(sample, contender.basePath))
  await started.stop('SIGTERM')
}

async function startAndStop(contender: Contender, sample: Sample): Promise<number> {
  const started = await start(contender, bytesOf(sample, contender.basePath))
  await started.stop()
  return started.milliseconds
}

/** Servers of one run, which all run until `work` is done and are asked one after the other. */
export async function withServers<T>(
  contenders: readonly Contender[],
  first: Sample,
  work: (servers: readonly Started[]) => Promise<T>,
): Promise<T> {
  const servers: Started[] = []
  try {
    for (const contender of contenders) servers.push(await start(contender, bytesOf(first, contender.basePath)))
    return await work(servers)
  } finally {
    await Promise.all(servers.map((server) => server.stop()))
  }
}

/** Asks each server for its sample; the first round warms up and is dropped. */
export async function measureLoad(
  servers: readonly Started[],
  sampleOf: (name: string) => Sample,
  rounds: number,
  pressure: Pressure,
): Promise<Measured<Load>> {
  const asking = servers.map((server) => {
    const { name, basePath } = server.contender
    return [name, () => load(server, bytesOf(sampleOf(name), basePath), pressure)] as const
  })
  const measured = await interleave(rounds + 1, Object.fromEntries(asking))
  return new Map([...measured].map(([name, [, ...kept]]) => [name, kept]))
}

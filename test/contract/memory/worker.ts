import { parentPort, workerData } from 'node:worker_threads'
import { runContract } from '../../../src/contract/index.ts'

/** Reads a server in a thread with a heap of its own, and tells the verdict and what was skipped. */
const { baseUrl } = workerData as { readonly baseUrl: string }
const only = ['findPetsByStatus', 'getInventory']
const { verdict, problem, findings, requests } = await runContract({
  baseUrl,
  apiKey: 'special-key',
  mode: 'safe',
  only,
})
const failures = findings.filter(({ level }) => level === 'failure').map(({ check, actual }) => `${check}: ${actual}`)
parentPort?.postMessage({ verdict, problem, failures, requests })

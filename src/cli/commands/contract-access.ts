import { readFileSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import type { ContractOptions } from '../../contract/contract-options.ts'
import { printable } from '../../http/printable.ts'
import type { ContractConfig } from '../options/read-command.ts'
import { UsageProblem } from '../usage-problem.ts'

/** How the server is reached: headers, certificates and proxies. */
type Access = Pick<ContractOptions, 'headers' | 'ca' | 'cert' | 'key' | 'proxy'>

const FILES = ['ca', 'cert', 'key'] as const

/** Reads what the flags name. Throws a UsageProblem if a file is no certificate or key. */
export function accessOf(config: ContractConfig): Access {
  const { headers, baseUrl, httpProxy, httpsProxy, noProxy } = config
  const authorization = baseUrl?.authorization
  return {
    ...readFiles(config),
    headers: { ...(authorization !== undefined && { Authorization: authorization }), ...Object.fromEntries(headers) },
    proxy: {
      ...(httpProxy !== undefined && { http: httpProxy }),
      ...(httpsProxy !== undefined && { https: httpsProxy }),
      ...(noProxy !== undefined && { none: noProxy }),
    },
  }
}

function readFiles(config: ContractConfig): Pick<Access, 'ca' | 'cert' | 'key'> {
  if ((config.cert === undefined) !== (config.key === undefined))
    throw new UsageProblem('--cert and --key belong together: the certificate of this client, and its key.')
  const texts: Partial<Record<(typeof FILES)[number], string>> = {}
  for (const name of FILES) {
    const file = config[name]
    if (file !== undefined) texts[name] = readPem(`--${name}`, file)
  }
  try {
    createSecureContext(texts)
  } catch (error) {
    throw new UsageProblem(
      `--cert and --key cannot be used: ${messageOf(error)}. Name a certificate and its key, unencrypted, as PEM.`,
    )
  }
  return texts
}

function readPem(flag: string, file: string): string {
  const text = readOrExplain(flag, file)
  if (!/-----BEGIN [A-Z0-9 ]+-----/.test(text))
    throw new UsageProblem(`${flag}: ${printable(file)} has no PEM text. It must begin with -----BEGIN.`)
  return text
}

function readOrExplain(flag: string, file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new UsageProblem(`${flag}: ${printable(file)} cannot be read (${Object(error).code}). Name a readable file.`)
  }
}

const messageOf = (error: unknown) => printable(error instanceof Error ? error.message : String(error))

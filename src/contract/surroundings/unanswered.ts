import { FAILURE, type Sent } from '../../http/transport/transport.ts'

/** The server as its URL names it. */
export interface Target {
  /** Ends in the base path. */
  readonly baseUrl: string
  readonly maxBytes: number
}

/** Says what is in the way, and what to do; `failure` is what Node or OpenSSL said. */
type Sentence = (target: URL, failure: string) => string

const certificate =
  (what: string): Sentence =>
  ({ host }, failure) =>
    `The certificate of ${host} ${what} (${failure}). Name the authority that signed it by --ca FILE, or correct --base-url.`

/** Failures in which the server's own program has no part, by their code. The first row that matches counts. */
const ROWS: readonly (readonly [code: RegExp, sentence: Sentence])[] = [
  [
    /^PROXY$/,
    ({ hostname }, failure) => `${failure}. Correct HTTP_PROXY or HTTPS_PROXY, or name ${hostname} in NO_PROXY.`,
  ],
  [
    /^ECONNREFUSED$/,
    ({ host }) =>
      `The server does not answer: nothing listens at ${host} (connection refused). Start it, or correct --base-url.`,
  ],
  [
    /^(ENOTFOUND|EAI_\w+)$/,
    ({ hostname }, failure) =>
      `The server does not answer: the name ${hostname} is not known here (${failure}). Correct --base-url, or see DNS and VPN.`,
  ],
  [
    /^(ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL)$/,
    ({ host }, failure) =>
      `The server does not answer: no way leads to ${host} (${failure}). See the network, the VPN and the firewall.`,
  ],
  [/^(EACCES|EPERM|EMFILE|ENFILE|ENOBUFS)$/, (_target, failure) => `This machine opens no connection: ${failure}.`],
  [/^CERT_HAS_EXPIRED$/, ({ host }) => `The certificate of ${host} has expired. Renew it.`],
  [/^CERT_NOT_YET_VALID$/, ({ host }) => `The certificate of ${host} is not valid yet. See the clock of this machine.`],
  [
    /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    ({ host }, failure) => `The certificate of ${host} is for another name (${failure}). Correct --base-url.`,
  ],
  [
    /CERT|UNABLE_TO_(GET|VERIFY|DECRYPT)|SELF_SIGNED|^INVALID_(CA|PURPOSE)$/,
    (target, failure) =>
      /CERTIFICATE_REQUIRED|BAD_CERTIFICATE|UNKNOWN_CA|CERTIFICATE_UNKNOWN|UNSUPPORTED_CERT/.test(failure)
        ? wantsCertificate(target, failure)
        : certificate('is not trusted')(target, failure),
  ],
  [/^ERR_SSL_\w*(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST)$/, plainServer],
  [
    /^ERR_SSL_\w*HANDSHAKE_FAILURE$/,
    (target, failure) =>
      `${target.host} refuses the TLS handshake (${failure}). Perhaps it wants a client certificate: --cert FILE --key FILE.`,
  ],
  [
    /^(ERR_SSL_|EPROTO$)/,
    (target, failure) =>
      /wrong version number|packet length too long|http request/.test(failure)
        ? plainServer(target, failure)
        : `TLS with ${target.host} fails: ${failure}. Correct --base-url, or see what stands before the server.`,
  ],
]

function wantsCertificate({ host }: URL, failure: string): string {
  return `${host} does not take this client's certificate, or wants one (${failure}). Name it by --cert FILE and --key FILE.`
}

function plainServer({ host }: URL, failure: string): string {
  return `${host} does not speak TLS (${failure}). Write http:// in --base-url, or name the port that does.`
}

/** The sentence for a failure that is not the server's; undefined for any other, and for an answer. */
export function describeUnanswered(
  { answer, code = '', failure }: Sent,
  { baseUrl, maxBytes }: Target,
): string | undefined {
  if (answer !== undefined) return undefined
  if (code === FAILURE.tooLong) return hugeAnswer(failure, maxBytes)
  const [, sentence] = ROWS.find(([pattern]) => pattern.test(code)) ?? []
  return sentence?.(new URL(baseUrl), failure)
}

/** An answer without an end, or of more than the run reads. */
export const hugeAnswer = (what: string, maxBytes: number): string =>
  `An answer has ${what}: it has no end, or it holds more records than this run reads. The limit is ${maxBytes} bytes; --max-bytes allows more.`

import { type Interaction, isDenied, mediaTypeOf, statusOf } from '../interaction.ts'
import { AWAY } from './away.ts'
import type { Probes } from './probes.ts'

/** Says what stands before the API, or in its place; '' if the answers do not show that. */
export type Front = (probes: Probes, baseUrl: URL) => string

const statusesOf = (probes: readonly Interaction[]) => [...new Set(probes.map(statusOf))].join(', ')
const headerOf = (probe: Interaction | undefined, name: string) => probe?.answer?.headers[name] ?? ''
const textOf = (probe: Interaction | undefined) => probe?.answer?.bytes.subarray(0, 4096).toString('latin1') ?? ''
const allHave = ({ all }: Probes, statuses: readonly number[]) =>
  all.every((probe) => statuses.includes(statusOf(probe)))

const proxyLogin: Front = ({ all }) =>
  all.some((probe) => statusOf(probe) === 407)
    ? 'A proxy on the way wants a user and password (407). Write them into HTTP_PROXY or HTTPS_PROXY, before the host: USER:PASSWORD@HOST'
    : ''

const networkLogin: Front = ({ all }) =>
  all.some((probe) => statusOf(probe) === 511)
    ? 'The network itself wants a login (511), as in a hotel or on a train. Open a page in a browser, log in, and run again.'
    : ''

const switchedProtocol: Front = (probes) =>
  allHave(probes, [101])
    ? 'Every request is answered by a switch to another protocol (101), which nobody asked for. Correct --base-url: this is no HTTP API.'
    : ''

const PLAIN_TO_TLS =
  /plain HTTP request was sent to HTTPS port|HTTP request to an HTTPS server|speaking plain HTTP to an SSL-enabled|requires TLS/i
const CERTIFICATE = /No required SSL certificate was sent|SSL certificate error|client certificate/i

const secureServer: Front = (probes, { host }) =>
  allHave(probes, [400, 426]) && probes.all.some((probe) => PLAIN_TO_TLS.test(textOf(probe)))
    ? `${host} speaks TLS. Write https:// in --base-url.`
    : ''

const clientCertificate: Front = (probes, { host }) =>
  allHave(probes, [400, 403, 495, 496]) && probes.all.some((probe) => CERTIFICATE.test(textOf(probe)))
    ? `${host} wants a certificate of this client. Name it by --cert FILE and --key FILE.`
    : ''

/** Words in the address of a page to log in, and in the query that leads back from it. */
const LOGIN =
  /log-?in|log-?on|sign-?in|\bauth|oauth|oidc|\bsso\b|saml|\bidp\b|openid|cas\/|[?&](redirect_ur[il]|return_?to|returnurl|continue|rd|service|relaystate|samlrequest|state)=/i

const redirected: Front = ({ all }, baseUrl) => {
  if (!all.every((probe) => statusOf(probe) >= 300 && statusOf(probe) < 400)) return ''
  const location = headerOf(all[0], 'location')
  const where = URL.canParse(location, baseUrl.href) ? new URL(location, baseUrl.href) : undefined
  if (where && LOGIN.test(`${where.host}${where.pathname}${where.search}`))
    return `Something before the server redirects every request to log in, at ${where.origin}${where.pathname} (single sign-on). Send what it wants by --header 'Cookie: …' or --header 'Authorization: Bearer …', or use an address behind it.`
  if (where && baseUrl.protocol === 'http:' && where.protocol === 'https:' && where.hostname === baseUrl.hostname)
    return `The server redirects every request, to https. Set --base-url to ${where.origin}${baseUrl.pathname}.`
  return `The server redirects every request${location ? `, to ${location}` : ''}. Set --base-url to that address.`
}

const wrongBasePath: Front = (probes) =>
  allHave(probes, [404]) && !isFoundSomewhere(probes)
    ? 'Every path is 404. The base path is wrong: --base-url must end in it, such as /v2.'
    : ''

/** A 404 for a user that nobody has tells nothing; the others must be found. */
const isFoundSomewhere = ({ all, user }: Probes) => all.some((probe) => probe !== user && statusOf(probe) !== 404)

const serverAway: Front = (probes) => {
  if (!allHave(probes, AWAY)) return ''
  const what = isHtml(probes.all) ? `HTML pages (${statusesOf(probes.all)})` : statusesOf(probes.all)
  return `Every request is answered with ${what}, as a proxy does whose server is away. Start the server, or see the proxy.`
}

/** The last sentence of a message that says what to do about a refusal, by what the refusal asks for. */
const CHALLENGES: readonly (readonly [challenge: RegExp, remedy: string])[] = [
  [/^basic/i, 'It wants a user and password. Write them into --base-url, before the host: USER:PASSWORD@HOST'],
  [/^bearer/i, "It wants a token: --header 'Authorization: Bearer …'"],
  [
    /^(negotiate|ntlm|kerberos|digest)/i,
    'It wants a login that this suite does not know. Use an address behind the gateway.',
  ],
]

/** A gateway refuses what the API itself opens to everybody. */
const gateway: Front = (probes) => {
  const open = probes.all.filter(({ operation }) => operation && !operation.secured)
  if (open.length === 0 || !probes.all.every((probe) => isDenied(statusOf(probe)))) return ''
  const challenge = headerOf(open[0], 'www-authenticate')
  const [, remedy] = CHALLENGES.find(([pattern]) => pattern.test(challenge)) ?? []
  return `Something before the server, such as a gateway or a firewall, refuses every request (${statusesOf(probes.all)}), also those that need no key; or the server refuses the key everywhere. ${
    remedy ?? "Send what it wants by --header 'Name: value', let this suite through, or give another key by --api-key."
  }`
}

/** Detects a proxy, a login page or a web site in place of the API. */
const pages: Front = ({ all, secured }) => {
  const answers = secured.length > 0 ? secured : all
  if (!isHtml(answers)) return ''
  const statuses = statusesOf(answers)
  const what = statuses === '200' ? 'a web site, a login page or the page of a network' : 'a proxy or a web site'
  return `The server answers with HTML pages (${statuses}), as ${what} does. Correct --base-url, or see what stands before the API.`
}

const isHtml = (answers: readonly Interaction[]) =>
  answers.every(({ answer }) => mediaTypeOf(answer) === 'text/html' || mediaTypeOf(answer) === 'application/xhtml+xml')

/** Different operations cannot have one answer. */
const sameForAll: Front = ({ all }) => {
  const [first] = all
  const bytes = first?.answer?.bytes
  const isSame =
    all.length > 2 &&
    bytes !== undefined &&
    bytes.length > 0 &&
    all.every(({ answer }) => answer?.status === first?.answer?.status && answer?.bytes.equals(bytes))
  return isSame && statusOf({ answer: first?.answer }) < 500
    ? `Every request gets the same answer (${statusesOf(all)}), so that something else than the API answers. Correct --base-url, or see what stands before the API.`
    : ''
}

/** Recognises all that can stand before an API, the surest signs first. */
export const FRONTS: readonly Front[] = [
  proxyLogin,
  networkLogin,
  switchedProtocol,
  secureServer,
  clientCertificate,
  redirected,
  wrongBasePath,
  serverAway,
  gateway,
  pages,
  sameForAll,
]

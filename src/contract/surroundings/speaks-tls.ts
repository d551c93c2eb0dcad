import { connect } from 'node:tls'

/** Milliseconds for a handshake. */
const PATIENCE = 2000

/** True if the server answers a TLS handshake, whatever its certificate. Sends no request. */
export function speaksTls({ hostname, port }: URL): Promise<boolean> {
  const host = hostname.replace(/^\[|\]$/g, '')
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port || 80), rejectUnauthorized: false, timeout: PATIENCE })
    const end = (speaks: boolean) => {
      resolve(speaks)
      socket.destroy()
    }
    socket.on('secureConnect', () => end(true))
    // An alert comes only from a peer that speaks TLS, such as one that wants a certificate.
    socket.on('error', (error) => end(/alert/.test(error.message)))
    socket.on('timeout', () => end(false))
    socket.on('close', () => end(false))
    setTimeout(() => end(false), PATIENCE).unref()
  })
}

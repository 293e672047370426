import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect as dial } from 'node:net'
import { join } from 'node:path'
import { createServer } from 'node:tls'

/** A proxy on a free port of this machine that speaks TLS to its clients, with a certificate that no authority gave. */
export interface TlsProxy {
  readonly port: number
  /** PEM file of the certificate. */
  readonly certificate: string
  close(): Promise<void>
}

/** Passes bytes on, in the clear, to `port`; key and certificate are made in `folder`. */
export async function openTlsProxy(port: number, folder: string): Promise<TlsProxy> {
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')]
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost']
  const made = [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-keyout',
    key,
    '-out',
    certificate,
  ]
  execFileSync('openssl', ['req', '-x509', '-days', '1', ...made, ...subject], { stdio: 'ignore' })
  const open = new Set<{ destroy(): void }>()
  const identity = { key: readFileSync(key), cert: readFileSync(certificate), ALPNProtocols: ['h2'] }
  const server = createServer(identity, (near) => {
    const far = dial(port, '127.0.0.1')
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket)
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        open.delete(socket)
        other.destroy()
      })
      socket.pipe(other)
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The proxy has no port.')
  return {
    port: address.port,
    certificate,
    close: async () => {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

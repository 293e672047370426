import { once } from 'node:events'
import { createServer, connect as dial, type Socket } from 'node:net'

/** A TCP proxy on a free port of this machine that cuts or freezes its connections when it is told to. */
export interface CuttingProxy {
  readonly port: number
  /** Breaks every open connection off, as a failing network does; new ones are taken. */
  cut(): void
  /** Lets no more bytes through on the open connections and tells neither side; new ones are taken. */
  freeze(): void
  /** How many connections have been taken. */
  connections(): number
  close(): Promise<void>
}

/** Passes bytes on to `port`. */
export async function openCuttingProxy(port: number): Promise<CuttingProxy> {
  const open = new Set<Socket>()
  let taken = 0
  const server = createServer((near) => {
    taken += 1
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
    }
    near.pipe(far)
    far.pipe(near)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The proxy has no port.')
  return {
    port: address.port,
    cut: () => {
      for (const socket of open) socket.resetAndDestroy()
    },
    freeze: () => {
      for (const socket of open) socket.unpipe().pause()
    },
    connections: () => taken,
    close: async () => {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

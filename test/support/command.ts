import { type ChildProcess, spawn } from 'node:child_process'

/** The command line as a process of its own. */
export const main = new URL('../../src/cli/main.ts', import.meta.url).pathname

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Starts `marquee WORDS`; `onText` sees what it has said so far each time it says more. */
export function start(
  words: readonly string[],
  onText: (err: string, child: ChildProcess) => void = () => {},
): Promise<Ended> {
  return collect(spawn(process.execPath, [main, ...words], { stdio: ['ignore', 'pipe', 'pipe'] }), onText)
}

/** What a process says and how it ends. */
export function collect(
  child: ChildProcess,
  onText: (err: string, child: ChildProcess) => void = () => {},
): Promise<Ended> {
  let out = ''
  let err = ''
  child.stdout?.on('data', (text) => (out += text))
  child.stderr?.on('data', (text) => {
    err += text
    onText(err, child)
  })
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })))
}

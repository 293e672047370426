import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'

const pollMilliseconds = 50
const cli = new URL('../src/cli/main.ts', import.meta.url).pathname

export interface Measured {
  readonly seconds: number
  readonly peakMb: number
  readonly out: string
}

/** Runs a command in a process of its own; its peak memory is that which was there when it was last looked at. */
export async function measure(command: string, ...words: string[]): Promise<Measured> {
  const started = performance.now()
  const child = spawn(command, words, { stdio: ['ignore', 'pipe', 'inherit'] })
  let out = ''
  let peakMb = 0
  child.stdout.on('data', (text: Buffer) => {
    out += text
  })
  const timer = setInterval(async () => {
    peakMb = Math.max(peakMb, await peakMemoryMb(child.pid))
  }, pollMilliseconds)
  const code = await new Promise((resolve) => child.on('close', resolve))
  clearInterval(timer)
  if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}`)
  return { seconds: (performance.now() - started) / 1000, peakMb, out }
}

/** Runs `marquee WORDS --json` in a project. */
export function measureMarquee(folder: string, ...words: string[]): Promise<Measured> {
  return measure(process.execPath, cli, ...words, '--project', folder, '--json')
}

/** The most memory that a process has held so far, from /proc; 0 where there is none. */
export async function peakMemoryMb(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024
}

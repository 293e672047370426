import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'

const pollMilliseconds = 50
const cli = new URL('../src/cli/main.ts', import.meta.url).pathname

export interface Measured {
  readonly seconds: number
  /** Of all cores, user and system together; as of when it was last looked at. */
  readonly cpuSeconds: number
  readonly peakMb: number
  readonly out: string
}

/** Runs a command in a process of its own; its peak memory is that which was there when it was last looked at. */
export async function measure(command: string, ...words: string[]): Promise<Measured> {
  const started = performance.now()
  const child = spawn(command, words, { stdio: ['ignore', 'pipe', 'inherit'] })
  let out = ''
  let peakMb = 0
  let cpuSeconds = 0
  child.stdout.on('data', (text: Buffer) => {
    out += text
  })
  const timer = setInterval(async () => {
    peakMb = Math.max(peakMb, await peakMemoryMb(child.pid))
    cpuSeconds = Math.max(cpuSeconds, await cpuSecondsOf(child.pid))
  }, pollMilliseconds)
  const code = await new Promise((resolve) => child.on('close', resolve))
  clearInterval(timer)
  if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}`)
  return { seconds: (performance.now() - started) / 1000, cpuSeconds, peakMb, out }
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

const ticksPerSecond = 100

/** The CPU seconds of a process so far, from /proc; 0 where there is none. */
async function cpuSecondsOf(pid: number | undefined): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
  return (Number(user ?? 0) + Number(system ?? 0)) / ticksPerSecond
}

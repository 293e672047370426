import { spawnSync } from 'node:child_process'

/** Runs the benchmarks that need no outside data, each in a process of its own. */
for (const name of ['preparation.ts']) {
  const { status } = spawnSync(process.execPath, [new URL(name, import.meta.url).pathname], { stdio: 'inherit' })
  if (status !== 0) process.exitCode = 1
}

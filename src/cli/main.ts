import { onOutputError, run } from './run.ts'

process.stdout.on('error', onOutputError)
process.exitCode = await run(process.argv.slice(2))

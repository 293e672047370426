import type { Engine } from './engine.ts'

const interruptMilliseconds = 50

/** Interrupts `engine` again and again once `signal` is aborted, since between two statements nothing runs; returns how to end that. */
export function interruptOnAbort(engine: Engine, signal: AbortSignal): () => void {
  let timer: NodeJS.Timeout | undefined
  const start = () => {
    timer = setInterval(() => engine.interrupt(), interruptMilliseconds)
  }
  if (signal.aborted) start()
  else signal.addEventListener('abort', start)
  return () => {
    signal.removeEventListener('abort', start)
    clearInterval(timer)
  }
}

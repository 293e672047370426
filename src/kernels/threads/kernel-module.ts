import { readFileSync } from 'node:fs'

type Step = (scratch: number, ...rest: number[]) => void

/**
 * The compiled kernels, by name. Addresses are bytes in the memory they were instantiated on; the first of each is that of working
 * space which belongs to the calling thread. What the others are is told in `wasm/`.
 */
export interface Kernels {
  readonly multiply: Step
  readonly gramRows: Step
  readonly sweepBlock: Step
  readonly packStrip: Step
  readonly scaleStrip: Step
  readonly sweepStrip: Step
  readonly mirrorStrip: Step
  readonly improveRows: Step
  readonly addToNormalEquations: Step
  readonly solvePositive: Step
  readonly dotRows: Step
  readonly dotPicked: Step
  readonly neighbourRows: Step
  readonly topPlaces: Step
  readonly addReach: Step
  readonly placesFrom: Step
  readonly adamStep: Step
  readonly addScaled: Step
  readonly softmaxRows: Step
  readonly addSparseRows: Step
  readonly lstmForward: Step
  readonly lstmBackward: Step
  readonly poolStates: Step
  readonly spreadGradient: Step
  readonly sumSquares: Step
  readonly scaleFloats: Step
}

/** A function of one relaxed multiply-add: what an engine must accept to be given the binary that uses it. */
const relaxedProbe = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 8, 1, 96, 3, 123, 123, 123, 1, 123, 3, 2, 1, 0],
  ...[10, 13, 1, 11, 0, 32, 0, 32, 1, 32, 2, 253, 133, 2, 11],
)

/** Whether multiply-add instructions that round once are used here: Node 22 has them, Node 20 has not. */
export const isRelaxed = WebAssembly.validate(relaxedProbe)

const modules = new Map<boolean, WebAssembly.Module>()

/** The binary with multiply-add where `relaxed`, else that with plain SIMD; the same numbers but for rounding. */
export function kernelModule(relaxed = isRelaxed): WebAssembly.Module {
  const known = modules.get(relaxed)
  if (known) return known
  const file = new URL(`../wasm/kernels${relaxed ? '-relaxed' : ''}.wasm`, import.meta.url)
  const module = new WebAssembly.Module(readFileSync(file))
  modules.set(relaxed, module)
  return module
}

/** The kernels at work on `memory`, in this thread. */
export function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory): Kernels {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } })
  return exports as unknown as Kernels
}

/** The most pages of 64 KiB a memory can have: 4 GiB. */
export const mostPages = 65_536

/** A memory that the kernels can be instantiated on, of one page. */
export function kernelMemory(): WebAssembly.Memory {
  return new WebAssembly.Memory({ initial: 1, maximum: mostPages, shared: true })
}

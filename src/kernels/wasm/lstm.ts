/**
 * Steps of long short-term memory, forward and backward through time; the equations are in `lstm.ts`. A kernel takes the sequences at the
 * places `from` up to `to` of `order`, longest first, through all their steps: those that have ended are left out, so that nothing is padded. The
 * state of step t of sequence s is row start[s] + s + 1 + t of `states`, and so for `gates` and `cells`; the row before the first and that behind the
 * last hold 0. Direction 1 goes from the last step to the first. Rows of all directions lie side by side. `width` is a multiple of 8.
 */
import { exponential } from './exponential'
import { multiplyAdd } from './multiply-add'
import { addPanel, packRight, paddedRows, tileColumns } from './product'

/** Gradients below come to nothing: numbers too small to be normal are slow. */
const least: f32 = 1e-25

/** 1 / (1 + e^-x) */
@inline
function logistic(x: v128): v128 {
  const power = exponential(x)
  return f32x4.div(power, f32x4.add(power, f32x4.splat(1)))
}

/** (e^2x - 1) / (e^2x + 1), absolute error below 2e-7. */
@inline
function tanh(x: v128): v128 {
  const power = exponential(f32x4.add(x, x))
  return f32x4.div(f32x4.sub(power, f32x4.splat(1)), f32x4.add(power, f32x4.splat(1)))
}

/** a (1 - b) */
@inline
function lessShare(a: v128, b: v128): v128 {
  return f32x4.sub(a, f32x4.mul(a, b))
}

@inline
function flush(x: v128): v128 {
  return v128.andnot(x, f32x4.lt(f32x4.abs(x), f32x4.splat(least)))
}

@inline
function sequenceAt(order: usize, place: i32): u32 {
  return load<u32>(order + (<usize>place << 2))
}

@inline
function lengthOf(start: usize, sequence: u32): i32 {
  const at = start + (<usize>sequence << 2)
  return load<u32>(at, 4) - load<u32>(at)
}

/** The row of what `direction` comes to at its step `t`. */
@inline
function rowOf(start: usize, sequence: u32, direction: i32, t: i32): i32 {
  const first = load<u32>(start + (<usize>sequence << 2)) + sequence + 1
  return direction == 0 ? first + t : first + lengthOf(start, sequence) - 1 - t
}

/** Adds (`rows` by rows) (all panels of `packed`, `depth` deep) to `to`. */
@inline
function addProduct(left: usize, rows: i32, depth: i32, packed: usize, columns: i32, to: usize): void {
  for (let j = 0; j < columns; j += tileColumns) {
    addPanel(
      left, <usize>depth << 2, rows, packed + ((<usize>j * depth) << 2), depth, 1, to + (<usize>j << 2), <usize>columns << 2,
    )
  }
}

/** Gates, cells and states of one sequence at one step. `sums` holds h U and is 0 afterwards; x W + b is at `input`. */
@inline
function step(
  part: usize, sums: usize, input: usize, gates: usize, before: usize, cells: usize, states: usize, hidden: usize,
): void {
  for (let at: usize = 0; at < part; at += 16) {
    const i = logistic(f32x4.add(v128.load(sums + at), v128.load(input + at)))
    const f = logistic(f32x4.add(v128.load(sums + part + at), v128.load(input + part + at)))
    const g = tanh(f32x4.add(v128.load(sums + 2 * part + at), v128.load(input + 2 * part + at)))
    const o = logistic(f32x4.add(v128.load(sums + 3 * part + at), v128.load(input + 3 * part + at)))
    const c = multiplyAdd(f, v128.load(before + at), f32x4.mul(i, g))
    const h = f32x4.mul(o, tanh(c))
    v128.store(gates + at, i)
    v128.store(gates + part + at, f)
    v128.store(gates + 2 * part + at, g)
    v128.store(gates + 3 * part + at, o)
    v128.store(cells + at, c)
    v128.store(states + at, h)
    v128.store(hidden + at, h)
    for (let gate: usize = 0; gate < 4; gate++) v128.store(sums + gate * part + at, f32x4.splat(0))
  }
}

/**
 * `scratch` has room for 4 (4 width^2 + 5 width rows) bytes, `rows` being the sequences, padded as `addPanel` asks. Row w of `inputs` is x W + b
 * for the word w, and `word` names that of each row. U is at `recurrent`, width x 4 width for each direction.
 */
export function lstmForward(
  scratch: usize, from: i32, to: i32, width: i32, directions: i32, direction: i32,
  order: usize, start: usize, word: usize, inputs: usize, recurrent: usize, gates: usize, cells: usize, states: usize,
): void {
  const part = <usize>width << 2, all = part << 2, stateBytes = part * directions, gateBytes = all * directions
  const sums = scratch + all * width
  const rows = paddedRows(to - from)
  const hidden = sums + all * rows
  packRight(recurrent + all * width * direction, 1, 4 * width, 4 * width, width, scratch)
  memory.fill(sums, 0, 5 * part * rows)
  const ownStates = part * direction, ownGates = all * direction
  const aside: usize = direction == 0 ? -stateBytes : stateBytes
  let active = to - from
  for (let t = 0; ; t++) {
    while (active > 0 && lengthOf(start, sequenceAt(order, from + active - 1)) <= t) active -= 1
    if (active == 0) return
    if (t > 0) addProduct(hidden, active, width, scratch, 4 * width, sums)
    for (let r = 0; r < active; r++) {
      const row = <usize>rowOf(start, sequenceAt(order, from + r), direction, t)
      const cell = cells + row * stateBytes + ownStates
      step(
        part, sums + all * r, inputs + <usize>load<u32>(word + (row << 2)) * gateBytes + ownGates, gates + row * gateBytes + ownGates,
        cell + aside, cell, states + row * stateBytes + ownStates, hidden + part * r,
      )
    }
  }
}

/**
 * The gradient by the sums of the gates of one sequence at one step, in place of the gates and at `slopes`. `byHidden` is the gradient by the
 * state through the step behind, 0 afterwards; `byCell` that by the cell, afterwards by the cell before.
 */
@inline
function stepBack(
  part: usize, gates: usize, cells: usize, before: usize, byStates: usize, byHidden: usize, byCell: usize, slopes: usize,
): void {
  for (let at: usize = 0; at < part; at += 16) {
    const i = v128.load(gates + at), f = v128.load(gates + part + at)
    const g = v128.load(gates + 2 * part + at), o = v128.load(gates + 3 * part + at)
    const u = tanh(v128.load(cells + at))
    const dh = f32x4.add(v128.load(byStates + at), v128.load(byHidden + at))
    const dhu = f32x4.mul(dh, u)
    const dho = f32x4.mul(dh, o)
    const dc = f32x4.add(v128.load(byCell + at), lessShare(dho, f32x4.mul(u, u)))
    const dci = f32x4.mul(dc, i), dcf = f32x4.mul(dc, f)
    const di = flush(lessShare(f32x4.mul(dci, g), i))
    const df = flush(lessShare(f32x4.mul(dcf, v128.load(before + at)), f))
    const dg = flush(lessShare(dci, f32x4.mul(g, g)))
    const dO = flush(lessShare(f32x4.mul(dhu, o), o))
    v128.store(gates + at, di)
    v128.store(gates + part + at, df)
    v128.store(gates + 2 * part + at, dg)
    v128.store(gates + 3 * part + at, dO)
    v128.store(slopes + at, di)
    v128.store(slopes + part + at, df)
    v128.store(slopes + 2 * part + at, dg)
    v128.store(slopes + 3 * part + at, dO)
    v128.store(byCell + at, flush(dcf))
    v128.store(byHidden + at, f32x4.splat(0))
  }
}

/**
 * Puts the gradient by the sums of the gates in the place of the gates, given that by the states without what comes through later steps.
 * `scratch` has room for 4 (4 width^2 + 6 width rows) bytes, `rows` as above.
 */
export function lstmBackward(
  scratch: usize, from: i32, to: i32, width: i32, directions: i32, direction: i32,
  order: usize, start: usize, recurrent: usize, gates: usize, cells: usize, byStates: usize,
): void {
  const part = <usize>width << 2, all = part << 2, stateBytes = part * directions, gateBytes = all * directions
  const slopes = scratch + all * width
  const rows = paddedRows(to - from)
  const byHidden = slopes + all * rows
  const byCell = byHidden + part * rows
  packRight(recurrent + all * width * direction, 4 * width, 1, width, 4 * width, scratch)
  memory.fill(slopes, 0, 6 * part * rows)
  const ownStates = part * direction, ownGates = all * direction
  const aside: usize = direction == 0 ? -stateBytes : stateBytes
  let active = 0
  for (let t = lengthOf(start, sequenceAt(order, from)) - 1; t >= 0; t--) {
    while (from + active < to && lengthOf(start, sequenceAt(order, from + active)) > t) active += 1
    for (let r = 0; r < active; r++) {
      const row = <usize>rowOf(start, sequenceAt(order, from + r), direction, t)
      const cell = cells + row * stateBytes + ownStates
      stepBack(
        part, gates + row * gateBytes + ownGates, cell, cell + aside, byStates + row * stateBytes + ownStates,
        byHidden + part * r, byCell + part * r, slopes + all * r,
      )
    }
    if (t > 0) addProduct(slopes, active, 4 * width, scratch, width, byHidden)
  }
}

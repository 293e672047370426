import { multiplyAdd } from './multiply-add'

/** 1.5 * 2^23: a number below 2^22 added to it is rounded to a whole one, which its lowest bits then hold. */
const magic: f32 = 12582912

/**
 * e^x in each of four lanes, relative error below 2e-7; below -87 and above 88 that of the bound, of NaN NaN. e^x = 2^n e^r with |r| <= ln 2 / 2, ln 2
 * split in two parts, e^r by the polynomial of degree 7 of Cephes (Moshier, "Methods and programs for mathematical functions", 1989, expf).
 */
@inline
export function exponential(x: v128): v128 {
  const bounded = f32x4.pmin(f32x4.pmax(x, f32x4.splat(-87)), f32x4.splat(88))
  const shifted = multiplyAdd(bounded, f32x4.splat(1.44269504), f32x4.splat(magic))
  const n = f32x4.sub(shifted, f32x4.splat(magic))
  const r = multiplyAdd(n, f32x4.splat(2.12194440e-4), multiplyAdd(n, f32x4.splat(-0.693359375), bounded))
  let y = multiplyAdd(f32x4.splat(1.9875691500e-4), r, f32x4.splat(1.3981999507e-3))
  y = multiplyAdd(y, r, f32x4.splat(8.3334519073e-3))
  y = multiplyAdd(y, r, f32x4.splat(4.1665795894e-2))
  y = multiplyAdd(y, r, f32x4.splat(1.6666665459e-1))
  y = multiplyAdd(y, r, f32x4.splat(5.0000001201e-1))
  y = multiplyAdd(y, f32x4.mul(r, r), f32x4.add(r, f32x4.splat(1)))
  const power = i32x4.shl(i32x4.add(shifted, i32x4.splat(127)), 23)
  return f32x4.mul(y, power)
}

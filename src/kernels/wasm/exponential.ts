import { multiplyAdd } from './multiply-add'

/**
 * What the exponential is made of. Engines make constants of code anew wherever they are used, which takes longer than reading them: bounds of x;
 * 1 / ln 2; 1.5 * 2^23, to which a smaller number is added to round it to a whole one, found in the lowest bits; -ln 2 in two parts; the polynomial.
 */
const table = memory.data<f32>([
  -87, 88, 1.44269504, 12582912, -0.693359375, 2.12194440e-4,
  1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1, 1,
])

@inline
function constant(place: usize): v128 {
  return v128.load32_splat(table + (place << 2))
}

/**
 * e^x in each of four lanes, relative error below 2e-7; below -87 and above 88 that of the bound, of NaN NaN. e^x = 2^n e^r with |r| <= ln 2 / 2, ln 2
 * split in two parts, e^r by the polynomial of degree 7 of Cephes (Moshier, "Methods and programs for mathematical functions", 1989, expf).
 */
@inline
export function exponential(x: v128): v128 {
  const bounded = f32x4.pmin(f32x4.pmax(x, constant(0)), constant(1))
  const shifted = multiplyAdd(bounded, constant(2), constant(3))
  const n = f32x4.sub(shifted, constant(3))
  const r = multiplyAdd(n, constant(5), multiplyAdd(n, constant(4), bounded))
  let y = multiplyAdd(constant(6), r, constant(7))
  y = multiplyAdd(y, r, constant(8))
  y = multiplyAdd(y, r, constant(9))
  y = multiplyAdd(y, r, constant(10))
  y = multiplyAdd(y, r, constant(11))
  y = multiplyAdd(y, f32x4.mul(r, r), f32x4.add(r, constant(12)))
  const power = i32x4.shl(i32x4.add(shifted, i32x4.splat(127)), 23)
  return f32x4.mul(y, power)
}

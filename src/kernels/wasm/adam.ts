/**
 * One step of Adam on `count` floats, a multiple of 4, with their gradients and the running means of these and of their squares:
 * m += (1 - b1) (g - m), v += (1 - b2) (g^2 - v), p = keep p - rate m / (sqrt(v) + epsilon). Means below 1e-30 become 0,
 * since numbers too small to be normal are slow. Gradients are 0 afterwards. O(count).
 */
export function adamStep(
  scratch: usize, count: i32, parameters: usize, gradients: usize, means: usize, squares: usize,
  rate: f32, keep: f32, b1: f32, b2: f32, epsilon: f32,
): void {
  const rates = f32x4.splat(rate), keeps = f32x4.splat(keep), epsilons = f32x4.splat(epsilon)
  const less1 = f32x4.splat(1 - b1), less2 = f32x4.splat(1 - b2)
  for (let i: usize = 0; i < <usize>count << 2; i += 16) {
    const g = v128.load(gradients + i)
    let m = v128.load(means + i)
    let v = v128.load(squares + i)
    m = f32x4.add(m, f32x4.mul(less1, f32x4.sub(g, m)))
    m = v128.and(m, f32x4.gt(f32x4.abs(m), f32x4.splat(1e-30)))
    v = f32x4.add(v, f32x4.mul(less2, f32x4.sub(f32x4.mul(g, g), v)))
    const change = f32x4.div(f32x4.mul(rates, m), f32x4.add(f32x4.sqrt(v), epsilons))
    v128.store(parameters + i, f32x4.sub(f32x4.mul(keeps, v128.load(parameters + i)), change))
    v128.store(means + i, m)
    v128.store(squares + i, v)
    v128.store(gradients + i, f32x4.splat(0))
  }
}

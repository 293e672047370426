import { logIncompleteBeta } from './incomplete-beta.ts'

/** Probability that a Student t variable with `degrees` of freedom is at least as far from 0 as `t`. */
export function twoSidedP(t: number, degrees: number): number {
  return Math.exp(logIncompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5))
}

export { addToNormalEquations, dotRows, improveRows, solvePositive } from './factors'
export { gramRows } from './gram'
export { mirrorStrip, packStrip, scaleStrip, sweepBlock, sweepStrip } from './invert'
export { multiply } from './product'

export { multiply } from './product'
export { mirrorStrip, packStrip, scaleStrip, sweepBlock, sweepStrip } from './invert'
export { gramRows } from './gram'

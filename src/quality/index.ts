export { quality } from './ask-quality.ts'
export { exportQuarantine, listQuarantine, showQuarantine } from './ask-quarantine.ts'

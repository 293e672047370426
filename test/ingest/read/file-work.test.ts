import { inThisThread } from '../../../src/ingest/read/file-work.ts'
import { fileWorkContract } from '../../contracts/file-work.ts'

fileWorkContract('in this thread', () => inThisThread)

import { DuckdbEngine } from '../../src/engine/duckdb.ts'
import { engineContract } from '../contracts/engine.ts'

engineContract('DuckDB', () => DuckdbEngine.open({ threads: 2 }))

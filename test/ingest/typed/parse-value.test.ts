import { DuckdbEngine } from '../../../src/engine/duckdb.ts'
import { valuesContract } from '../../contracts/values.ts'

valuesContract('DuckDB', () => DuckdbEngine.open({ threads: 2 }))

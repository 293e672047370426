import type { FormatSettings } from '../../project/settings.ts'
export async function normaliseFile(
  _path: string,
  _format: FormatSettings,
  _out: string,
  _onMalformed: (record: { line: number; raw: string; message: string }) => Promise<void>,
): Promise<{ columns: string[] }> {
  throw new Error('later')
}

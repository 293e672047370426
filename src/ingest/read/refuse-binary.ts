import { DataError } from '../../errors.ts'
import type { Text } from '../../text.ts'

interface BinaryType {
  readonly name: Text
  readonly advice: Text
  matches(bytes: Buffer): boolean
}

const startsWith =
  (...signature: number[]) =>
  (bytes: Buffer): boolean =>
    signature.every((byte, index) => bytes[index] === byte)
const startsWithText =
  (text: string, at = 0) =>
  (bytes: Buffer): boolean =>
    bytes.toString('latin1', at, at + text.length) === text
const zip = startsWith(0x50, 0x4b, 0x03, 0x04)
const saveAsCsv = { en: 'Save the sheet as CSV UTF-8 and add that file.', zh: '请将工作表另存为 CSV UTF-8 后添加。' }
const unpack = {
  en: 'Unpack it and add the files inside; gzip and Zstandard can stay packed.',
  zh: '请解压后添加其中的文件；gzip 与 Zstandard 无需解压。',
}
const exportIt = {
  en: 'Export its rows as CSV, JSON or Parquet and add that file.',
  zh: '请将其数据导出为 CSV、JSON 或 Parquet 后添加。',
}
const addRows = { en: 'Add a table of rows instead.', zh: '请改为添加数据表文件。' }

const binaryTypes: readonly BinaryType[] = [
  {
    name: { en: 'an Excel workbook', zh: 'Excel 工作簿' },
    advice: saveAsCsv,
    matches: (bytes) => zip(bytes) && (bytes.includes('[Content_Types].xml') || bytes.includes('xl/')),
  },
  {
    name: { en: 'an old Excel workbook or Office document', zh: 'Excel 97–2003 工作簿或 Office 文档' },
    advice: saveAsCsv,
    matches: startsWith(0xd0, 0xcf, 0x11, 0xe0),
  },
  { name: { en: 'a ZIP archive', zh: 'ZIP 压缩包' }, advice: unpack, matches: zip },
  {
    name: { en: 'a bzip2 archive', zh: 'bzip2 压缩包' },
    advice: unpack,
    matches: (bytes) => /^BZh[1-9]1AY&SY/.test(bytes.toString('latin1', 0, 10)),
  },
  {
    name: { en: 'an xz archive', zh: 'xz 压缩包' },
    advice: unpack,
    matches: startsWith(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00),
  },
  {
    name: { en: 'a 7-Zip archive', zh: '7-Zip 压缩包' },
    advice: unpack,
    matches: startsWith(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c),
  },
  { name: { en: 'a RAR archive', zh: 'RAR 压缩包' }, advice: unpack, matches: startsWithText('Rar!\x1a\x07') },
  { name: { en: 'a tar archive', zh: 'tar 归档' }, advice: unpack, matches: startsWithText('ustar', 257) },
  { name: { en: 'a PDF document', zh: 'PDF 文档' }, advice: exportIt, matches: startsWithText('%PDF-') },
  {
    name: { en: 'a SQLite database', zh: 'SQLite 数据库' },
    advice: exportIt,
    matches: startsWithText('SQLite format 3\0'),
  },
  { name: { en: 'a DuckDB database', zh: 'DuckDB 数据库' }, advice: exportIt, matches: startsWithText('DUCK', 8) },
  { name: { en: 'an Avro file', zh: 'Avro 文件' }, advice: exportIt, matches: startsWithText('Obj\x01') },
  { name: { en: 'an Arrow file', zh: 'Arrow 文件' }, advice: exportIt, matches: startsWithText('ARROW1\0\0') },
  { name: { en: 'a picture', zh: 'PNG 或 JPEG 图片' }, advice: addRows, matches: startsWith(0x89, 0x50, 0x4e, 0x47) },
  { name: { en: 'a picture', zh: 'PNG 或 JPEG 图片' }, advice: addRows, matches: startsWith(0xff, 0xd8, 0xff) },
  {
    name: { en: 'text in UTF-32', zh: 'UTF-32 文本' },
    advice: { en: 'Save it as UTF-8.', zh: '请另存为 UTF-8。' },
    matches: startsWith(0xff, 0xfe, 0x00, 0x00),
  },
]

/** @throws DataError `binary-file` when `bytes`, the beginning of `file`, are those of a format that holds no plain text. */
export function refuseBinary(bytes: Buffer, file: string): void {
  const found = binaryTypes.find((type) => type.matches(bytes))
  if (found) {
    throw new DataError(
      {
        en: `${file} is ${found.name.en}, not a table of rows.`,
        zh: `${file} 的格式是 ${found.name.zh}，不是数据表。`,
      },
      {
        code: 'binary-file',
        file,
        advice: found.advice,
      },
    )
  }
}

import { DataError } from '../../errors.ts'

interface BinaryType {
  readonly name: string
  readonly advice: string
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
const saveAsCsv = 'Save the sheet as CSV UTF-8 and add that file.'
const unpack = 'Unpack it and add the files inside; gzip and Zstandard can stay packed.'
const exportIt = 'Export its rows as CSV, JSON or Parquet and add that file.'

const binaryTypes: readonly BinaryType[] = [
  {
    name: 'an Excel workbook',
    advice: saveAsCsv,
    matches: (bytes) => zip(bytes) && (bytes.includes('[Content_Types].xml') || bytes.includes('xl/')),
  },
  {
    name: 'an old Excel workbook or Office document',
    advice: saveAsCsv,
    matches: startsWith(0xd0, 0xcf, 0x11, 0xe0),
  },
  { name: 'a ZIP archive', advice: unpack, matches: zip },
  {
    name: 'a bzip2 archive',
    advice: unpack,
    matches: (bytes) => /^BZh[1-9]1AY&SY/.test(bytes.toString('latin1', 0, 10)),
  },
  { name: 'an xz archive', advice: unpack, matches: startsWith(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00) },
  { name: 'a 7-Zip archive', advice: unpack, matches: startsWith(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c) },
  { name: 'a RAR archive', advice: unpack, matches: startsWithText('Rar!\x1a\x07') },
  { name: 'a tar archive', advice: unpack, matches: startsWithText('ustar', 257) },
  { name: 'a PDF document', advice: exportIt, matches: startsWithText('%PDF-') },
  { name: 'a SQLite database', advice: exportIt, matches: startsWithText('SQLite format 3\0') },
  { name: 'a DuckDB database', advice: exportIt, matches: startsWithText('DUCK', 8) },
  { name: 'an Avro file', advice: exportIt, matches: startsWithText('Obj\x01') },
  { name: 'an Arrow file', advice: exportIt, matches: startsWithText('ARROW1\0\0') },
  { name: 'a picture', advice: 'Add a table of rows instead.', matches: startsWith(0x89, 0x50, 0x4e, 0x47) },
  { name: 'a picture', advice: 'Add a table of rows instead.', matches: startsWith(0xff, 0xd8, 0xff) },
  { name: 'text in UTF-32', advice: 'Save it as UTF-8.', matches: startsWith(0xff, 0xfe, 0x00, 0x00) },
]

/** @throws DataError `binary-file` when `bytes`, the beginning of `file`, are those of a format that holds no plain text. */
export function refuseBinary(bytes: Buffer, file: string): void {
  const found = binaryTypes.find((type) => type.matches(bytes))
  if (found) {
    throw new DataError(`${file} is ${found.name}, not a table of rows.`, {
      code: 'binary-file',
      value: found.name,
      file,
      advice: found.advice,
    })
  }
}

import { DataError } from './errors.ts'

const noRoom =
  /ENOSPC|No space left on device|EDQUOT|quota exceeded|EFBIG|File too large|max_temp_directory_size|failed to offload/i

/** An error that a full disk, a quota or a limit on file sizes lies behind, told as such; any other as it is. */
export function asFullDisk(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof DataError) return error
  const said = `${(error as NodeJS.ErrnoException).code ?? ''} ${error.message}`
  if (!noRoom.test(said)) return error
  const file = (error as NodeJS.ErrnoException).path ?? /["'](\/[^"']+|[A-Z]:\\[^"']+)["']/.exec(error.message)?.[1]
  return new DataError('There is no room left on the disk.', {
    code: 'disk-full',
    ...(file === undefined ? {} : { file }),
    advice:
      'Free some space, there and in the temporary folder (TMPDIR), and run the command again. What is published stays as it was, and files that were read stay read.',
    cause: error,
  })
}

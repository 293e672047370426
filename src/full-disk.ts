import { DataError, isMarqueeError } from './errors.ts'

const noRoom =
  /ENOSPC|No space left on device|EDQUOT|quota exceeded|EFBIG|File too large|max_temp_directory_size|failed to offload/i

/** An error that a full disk, a quota or a limit on file sizes lies behind, told as such; any other as it is. */
export function asFullDisk(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof DataError) return error
  if (isMarqueeError(error) && error.code === 'disk-full') return error
  const said = `${(error as NodeJS.ErrnoException).code ?? ''} ${error.message}`
  if (!noRoom.test(said)) return error
  const file = (error as NodeJS.ErrnoException).path ?? /["'](\/[^"']+|[A-Z]:\\[^"']+)["']/.exec(error.message)?.[1]
  return new DataError(
    { en: 'There is no room left on the disk.', zh: '磁盘已满。' },
    {
      code: 'disk-full',
      ...(file === undefined ? {} : { file }),
      advice: {
        en: 'Free some space, there and in the temporary folder (TMPDIR), and run the command again. What is published stays as it was, and files that were read stay read.',
        zh: '请释放该处与临时文件夹（TMPDIR）的空间后重新运行。已发布的内容保持不变，已读取的文件无需重读。',
      },
      cause: error,
    },
  )
}

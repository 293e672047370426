/** What stands for AM and PM in Chinese, Japanese and Korean, as regular expressions; `%p` reads it so. */
export const halfDays = { AM: '上午|凌晨|午前|오전', PM: '下午|午後|오후' } as const

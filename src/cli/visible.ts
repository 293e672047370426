const control = /(?![\n\t])\p{Cc}/gu

/** `text` with control characters written as \xNN, so that no data can steer the terminal. */
export function visible(text: string): string {
  return text.replace(control, (found) => `\\x${found.charCodeAt(0).toString(16).padStart(2, '0')}`)
}

/** A line that says how far a long work is; silent for the first second, and where nobody looks. */
export function createProgress(label: string, stream: NodeJS.WriteStream = process.stderr) {
  const start = performance.now()
  let shown = 0
  return {
    /** @param total absent: nobody knows yet */
    update(done: number, total?: number): void {
      const now = performance.now()
      if (!stream.isTTY || now - start < 1000 || now - shown < 100) return
      shown = now
      stream.write(
        `\r${label} ${done.toLocaleString('en')}${total === undefined ? '' : ` of ${total.toLocaleString('en')}`}\x1b[K`,
      )
    },
    done(): void {
      if (shown) stream.write('\r\x1b[K')
    },
  }
}

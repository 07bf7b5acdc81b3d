/** Texts by a key, several of them under some. Most keys have one: that one costs no set. */
export class MultiMap {
  readonly #values = new Map<string, string | Set<string>>()

  /** Whether there is any under this key. */
  has(key: string): boolean {
    return this.#values.has(key)
  }

  /** In the order in which they came. */
  of(key: string): string[] {
    const values = this.#values.get(key)
    return values === undefined ? [] : typeof values === 'string' ? [values] : [...values]
  }

  add(key: string, value: string): void {
    const values = this.#values.get(key)
    if (values === undefined) this.#values.set(key, value)
    else if (typeof values === 'object') values.add(value)
    else if (values !== value) this.#values.set(key, new Set([values, value]))
  }

  delete(key: string, value: string): void {
    const values = this.#values.get(key)
    if (values === value) this.#values.delete(key)
    if (typeof values !== 'object') return
    values.delete(value)
    if (values.size === 0) this.#values.delete(key)
  }
}

/**
 * Header fields as they came, those of one name joined as `Headers` joins them: Node's own object drops the second of some, and whoever
 * decides by that decides about another request than the one that is answered. Few are looked for: to go through the list is cheaper
 * than to make an object of it.
 */
export class RawHeaders {
  readonly #raw: string[]

  constructor(raw: string[]) {
    this.#raw = raw
  }

  get(name: string): string | null {
    const raw = this.#raw
    let value: string | null = null
    for (let index = 0; index < raw.length; index += 2) {
      const [found = '', given = ''] = [raw[index], raw[index + 1]]
      if (found.length !== name.length || found.toLowerCase() !== name) continue
      value = value === null ? given : `${value}, ${given}`
    }
    return value
  }
}

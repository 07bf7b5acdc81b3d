/** What a record itself holds under a name that a stranger wrote: never what `constructor` or `toString` would find. */
export function ownValue<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}

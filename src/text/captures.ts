type Captures<Count extends number, List extends string[] = []> = List['length'] extends Count
  ? List
  : Captures<Count, [...List, string]>

/**
 * The first groups of a match, where the pattern lets none of them be absent; the type of a match can't say which those are.
 * @throws {TypeError} where one is: the pattern is then another than its reader takes it for
 */
export function captures<const Count extends number>(match: RegExpMatchArray, count: Count): Captures<Count> {
  const groups = match.slice(1, count + 1)
  if (groups.length < count || groups.includes(undefined as never))
    throw new TypeError(`A group of the match "${match[0]}" is absent.`)
  return groups as Captures<Count>
}

/**
 * Looks things up by path, whatever the form of Unicode in which the path is written: some file systems hand out decomposed
 * letters (`u` and two dots), keyboards type composed ones (Unicode §3.11). The very spelling counts first.
 * @param all what there is, asked for once, when a path is not found as it is spelt
 */
export function lookUpPaths<T>(
  exact: (path: string) => T | undefined,
  all: () => Iterable<[string, T]>,
): (path: string) => T | undefined {
  let byForm: Map<string, T> | undefined
  return path => {
    const found = exact(path)
    if (found !== undefined || !notAscii.test(path)) return found
    byForm ??= new Map(
      [...all()]
        .filter(([path]) => notAscii.test(path))
        .map(([path, value]) => [path.normalize('NFC'), value]),
    )
    return byForm.get(path.normalize('NFC'))
  }
}

const notAscii = /[^\x00-\x7f]/

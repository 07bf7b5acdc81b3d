const literal = String.raw`[rbu]?'(?:[^'\\\n]|\\.)*'|[rbu]?"(?:[^"\\\n]|\\.)*"`
const assignment = new RegExp(
  String.raw`^([A-Z][A-Z\d_]*)\s*=\s*(${literal}|True|False|None|\d+|[\[(][^\]\)]*[\])])`,
  'gm',
)

/** Simple assignments of a settings file in Python: texts, numbers, True, False, None, and lists of texts. Nothing is run. */
export function readPythonSettings(
  source: string,
): Record<string, string | number | boolean | null | string[]> {
  const settings: ReturnType<typeof readPythonSettings> = {}
  for (const [, name, written] of source.matchAll(assignment)) settings[name!] = settingOf(written!)
  return settings
}

function settingOf(written: string) {
  if (/^[[(]/.test(written))
    return [...written.matchAll(new RegExp(literal, 'g'))].map(([text]) => unescapeString(text))
  if (/^\d/.test(written)) return Number(written)
  if (/^(?:True|False|None)$/.test(written)) return written === 'None' ? null : written === 'True'
  return unescapeString(written)
}

function unescapeString(written: string): string {
  const raw = /^r/.test(written)
  const inner = written.replace(/^[rbu]/, '').slice(1, -1)
  return raw
    ? inner
    : inner.replace(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character))
}

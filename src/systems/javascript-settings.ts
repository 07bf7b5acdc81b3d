/** The texts of a settings file in JavaScript, which is looked at and never run. */
export class JavaScriptSettings {
  private readonly source: string

  constructor(source: string | null) {
    this.source = (source ?? '')
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .replace(/^\s*\/\/.*$/gm, '')
      .replace(/([\s,;{(])\/\/ .*$/gm, '$1')
  }

  /** The first `key: 'text'` or `key = 'text'` with a plain text. */
  text(key: string): string | null {
    const found = new RegExp(`(?:^|[\\s,{;])["']?${key}["']?\\s*[:=]\\s*(["'\`])([^"'\`$\\n]*)\\1`).exec(
      this.source,
    )
    return found?.[2]?.trim() || null
  }
}

/** Files and folders that nobody publishes, by name: those that begin with a dot, and packages. */
export const isHiddenName = (name: string): boolean => name.startsWith('.') || name === 'node_modules'

/** Whether a file, or one of the folders it lies in, is hidden. `/` between the parts, `\` too. */
export const hasHiddenPart = (path: string): boolean => path.split(/[/\\]/).some(isHiddenName)

/** Header fields, names in lower case. A plain object: the quickest thing every runtime's `Response` takes. */
export type HeaderFields = Record<string, string>

/** Where a server listens. */
export type ListeningPlace =
  /** An address of this machine; `[::1]` is `::1`, and `::` is every address of both families. Port 0 takes a free one. */
  | { host: string; port: number }
  /** A socket in the file system, for a proxy on the same machine. */
  | { socket: string }
  /** A socket that somebody else has opened: systemd, say. */
  | { fd: number }

/** Where a program may be told to listen: `127.0.0.1:9464`, `[::1]:9464`, `localhost:9464`, or an absolute path. */
export const listeningPlaceForm = /^(?:\/.+|\[[\da-fA-F:.]+\]:\d{1,5}|[\w.-]+:\d{1,5})$/

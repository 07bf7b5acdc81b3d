/**
 * A value that is made when somebody asks for it first: most commands never see most of the tables and forms of this program, and some
 * take a millisecond to make.
 */
export function lazily<Value extends {}>(make: () => Value): () => Value {
  let made: Value | undefined
  return () => (made ??= make())
}

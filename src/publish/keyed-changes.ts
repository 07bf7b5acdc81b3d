/** What one stage of publishing hands to the next: what is other than before, by key. A first look hands on everything. */
export interface KeyedChanges<Value> {
  /** What came, or is other. */
  readonly set: ReadonlyMap<string, Value>
  readonly removed: ReadonlySet<string>
}

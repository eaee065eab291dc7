/// What came of an episode.
package struct LinkResult: Sendable, Equatable {
  /// Bits of a symbol that arrived, over all slots.
  package var throughput: Double
  /// Blocks that were sent.
  package var firstCount: Int
  /// Of these, whose first transmission was lost.
  package var firstLost: Int
}

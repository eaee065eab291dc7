import QHostDatasets

/// What the rows of a stream are drawn from, one concept after the other.
protocol ConceptFamily {
  /// The names of the F features.
  var featureNames: [String] { get }
  /// The names of the C classes.
  var classNames: [String] { get }
  /// The concepts that come after each other where the user names none; they begin again after the last.
  var standardConcepts: [Int] { get }
  /// The concepts that there are, from 0.
  var conceptCount: Int { get }

  /// Draws a row of a concept.
  ///
  /// - Parameters:
  ///   - concept: which one.
  ///   - row: its place in the stream, for concepts that change all the time.
  ///   - generator: of the row's random numbers.
  ///   - inputs: [F], written.
  /// - Returns: the class.
  func draw(
    concept: Int, row: Int, generator: inout SplitMix64, inputs: UnsafeMutableBufferPointer<Float>
  ) -> Int
}

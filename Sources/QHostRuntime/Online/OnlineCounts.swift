/// What became of the rows of a stream.
struct OnlineCounts: Codable, Equatable {
  /// That came, the first ones included.
  var rows = 0
  /// That were predicted.
  var predicted = 0
  /// With a number that was not known.
  var withGaps = 0
  /// Whose label never came.
  var withoutLabel = 0
}

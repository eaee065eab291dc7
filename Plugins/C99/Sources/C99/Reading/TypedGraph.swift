/// A graph whose values have shape, type and bounds.
struct TypedGraph {
  /// The input is the first.
  var values: [Value]
  /// In an order in which they can be computed; all are needed for the output.
  var steps: [Step]
  /// The index of the output's value, which a step gives.
  var output: Int

  /// The value whose elements a value has.
  func root(_ index: Int) -> Int { values[index].root }
}

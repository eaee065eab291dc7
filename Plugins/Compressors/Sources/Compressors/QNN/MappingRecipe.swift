/// How a mapping makes weights of probabilities, for programs that do without this one; see the README.
struct MappingRecipe: Encodable, Equatable {
  /// Its name.
  var mapping: String
  /// The outcomes of each weight, one or two, in the order of generation.
  var outcomes: [[Int]]
  /// The sign of each weight; of `paper`.
  var signs: [Int]?
  /// The tensor of each weight, whose gain it has; of `centred`.
  var tensors: [Int]?
}

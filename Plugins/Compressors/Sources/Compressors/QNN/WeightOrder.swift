internal import QHostInterfaces

/// In which order the weights of an inner model are generated.
enum WeightOrder: String, CaseIterable {
  /// As the inner model has them: the units of a tensor are its first extent.
  case unitsFirst = "units-first"
  /// The units of each tensor vary fastest, as in [inputs × units].
  case unitsLast = "units-last"

  /// Where the i-th weight belongs in the inner model's parameters.
  func places(_ blocks: [ParameterBlock]) -> [Int] {
    blocks.flatMap { block -> [Int] in
      let count = block.shape.count
      guard self == .unitsLast, let units = block.shape.extents.first, units > 0 else {
        return Array(block.offset..<block.offset + count)
      }
      let size = count / units
      return (0..<count).map { block.offset + $0 % units * size + $0 / units }
    }
  }
}

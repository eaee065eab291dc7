internal import QHostInterfaces

/// Bounds of n coordinates.
struct Bounds {
  let lower: [Double]
  let upper: [Double]

  /// Reads `lower` and `upper`, each one number for all coordinates or one for each.
  ///
  /// - Throws: kind `parameter` for another number of them, and for a lower one above an upper one.
  init(_ configuration: Configuration, dimension: Int) throws(ComponentError) {
    func all(_ key: String) throws(ComponentError) -> [Double] {
      let values = configuration.reals(key)
      guard values.count == 1 || values.count == dimension else {
        throw .parameter(
          "\(key) has \(values.count) numbers for \(dimension) coordinates; give one, or one for each"
        )
      }
      return values.count == 1 ? Array(repeating: values[0], count: dimension) : values
    }
    lower = try all("lower")
    upper = try all("upper")
    for index in lower.indices {
      guard lower[index].isFinite, upper[index].isFinite, lower[index] <= upper[index] else {
        throw .parameter(
          "lower \(lower[index]) and upper \(upper[index]) of coordinate \(index) are not bounds; give two finite "
            + "numbers, the smaller one as lower")
      }
    }
  }
}

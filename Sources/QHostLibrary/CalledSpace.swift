import CLibQHost
import QHostInterfaces
import QHostRuntime

/// The variables of a caller's function, checked.
struct CalledSpace {
  let initial: [Double]
  let lower: [Double]
  let upper: [Double]
  let kinds: [ParameterKind]
  let scales: [Double]

  /// Reads a space.
  ///
  /// - Throws: kind `usage`, with the variable that is wrong.
  init(_ raw: libqhost_space) throws(RunError) {
    let size = UInt64(MemoryLayout<libqhost_space>.size)
    guard raw.struct_size >= size else {
      throw RunError(
        .usage, "libqhost_space has struct_size \(raw.struct_size), and \(size) are needed")
    }
    guard raw.variable_count > 0, let start = raw.initial else {
      throw RunError(
        .usage, "there are no variables to search; give a starting point of at least one")
    }
    let count = Int(raw.variable_count)
    func array(_ pointer: UnsafePointer<Double>?, _ otherwise: Double) -> [Double] {
      pointer.map { Array(UnsafeBufferPointer(start: $0, count: count)) }
        ?? Array(repeating: otherwise, count: count)
    }
    initial = array(start, 0)
    lower = array(raw.lower, -.infinity)
    upper = array(raw.upper, .infinity)
    var kinds = Array(repeating: ParameterKind.real, count: count)
    if let words = raw.kinds {
      for index in 0..<count {
        guard let kind = ParameterKind(rawValue: words[index]) else {
          throw RunError(
            .usage, "variable \(index) is of the unknown kind \(words[index]); give 0, 1 or 2")
        }
        kinds[index] = kind
      }
    }
    self.kinds = kinds
    let given = raw.scales.map { Array(UnsafeBufferPointer(start: $0, count: count)) }
    var scales: [Double] = []
    for index in 0..<count {
      try Self.check(index, initial[index], lower[index], upper[index], kinds[index])
      let range = upper[index] - lower[index]
      let scale = given?[index] ?? (range.isFinite && range > 0 ? range / 4 : 1)
      guard scale > 0, scale.isFinite else {
        throw RunError(.usage, "the scale of variable \(index) is \(scale); give one above 0")
      }
      scales.append(scale)
    }
    self.scales = scales
  }

  private static func check(
    _ index: Int, _ value: Double, _ lower: Double, _ upper: Double, _ kind: ParameterKind
  ) throws(RunError) {
    guard lower <= upper else {
      throw RunError(
        .usage,
        "the bounds of variable \(index) are \(lower) to \(upper), which leaves nothing between; exchange them"
      )
    }
    guard value.isFinite, value >= lower, value <= upper else {
      throw RunError(
        .usage,
        "the starting point has \(value) for variable \(index), whose bounds are \(lower) to \(upper); start within them"
      )
    }
    guard kind != .real else { return }
    guard lower.isFinite, upper.isFinite, lower.rounded(.up) <= upper else {
      throw RunError(
        .usage,
        "variable \(index) is an integer and its bounds are \(lower) to \(upper); give finite ones with an integer between"
      )
    }
    guard kind != .categorical || lower == 0 else {
      throw RunError(
        .usage,
        "variable \(index) is a category and begins at \(lower); categories are 0 to their number less 1"
      )
    }
  }
}

import QHostInterfaces

/// How images and classes change along the training rows, for runs that are online.
///
/// In stretch k, of `rows` rows each, images are turned by k quarters, or every second class changes its name with the next
/// one (0 and 1, 2 and 3, ...) where k is odd.
struct ImageDrift: Sendable {
  /// What changes.
  enum Kind: Sendable { case none, swap, turn }

  private let kind: Kind
  private let rows: Int
  private let side: Int
  private let classCount: Int

  /// - Parameters:
  ///   - configuration: has `drift` and `drift_rows`.
  ///   - height: of an image.
  ///   - width: of an image.
  ///   - classCount: C.
  /// - Throws: kind `parameter` where images that are not square are to be turned.
  init(
    _ configuration: Configuration, height: Int, width: Int, classCount: Int
  ) throws(ComponentError) {
    switch configuration.choice("drift") {
    case "swap": kind = .swap
    case "turn": kind = .turn
    default: kind = .none
    }
    guard kind != .turn || height == width else {
      throw .parameter(
        "drift = turn is for square images, and these are \(height)x\(width); set drift to swap or none"
      )
    }
    guard kind == .none || configuration.integer("shift") == 0 else {
      throw .parameter("shift and drift do not go together; set one of them")
    }
    rows = configuration.integer("drift_rows")
    side = width
    self.classCount = classCount
  }

  /// The drifts of so many rows.
  func drifts(rowCount: Int) -> [Drift] {
    kind == .none ? [] : stride(from: rows, to: rowCount, by: rows).map { Drift(row: $0) }
  }

  /// The class of a row whose digit is `label`.
  func label(_ label: Float, row: Int) -> Float {
    guard kind == .swap, row / rows % 2 == 1 else { return label }
    let partner = Int(label) ^ 1
    return partner < classCount ? Float(partner) : label
  }

  /// Turns the image of a row in place.
  func turn(_ image: UnsafeMutableBufferPointer<Float>, row: Int) {
    guard kind == .turn else { return }
    let last = side - 1
    for _ in 0..<(row / rows % 4) {
      for y in 0..<side / 2 {
        for x in y..<last - y {
          let corners = [
            y * side + x, x * side + last - y, (last - y) * side + last - x, (last - x) * side + y,
          ]
          let kept = image[corners[3]]
          for corner in [3, 2, 1] { image[corners[corner]] = image[corners[corner - 1]] }
          image[corners[0]] = kept
        }
      }
    }
  }
}

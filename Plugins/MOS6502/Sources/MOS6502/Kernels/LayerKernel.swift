/// How the code of a layer is made.
public struct LayerKernel: Sendable, Equatable {
  /// What becomes of the weights.
  public enum Form: Sendable, Equatable {
    /// Instructions that all run.
    case direct
    /// Instructions that are skipped where a block of at most so many inputs is 0.
    ///
    /// Of the typical rows, at most so many of a thousand make a block run.
    case skipping(largestBlock: Int, perMille: Int)
    /// Bytes that a loop reads.
    case loop
  }

  /// What becomes of the weights.
  public var form: Form
  /// Whether the layer before stores multiples of its units as well, so that sums need no shifts.
  public var takesMultiples: Bool

  /// Makes a choice.
  public init(_ form: Form, takesMultiples: Bool = false) {
    (self.form, self.takesMultiples) = (form, takesMultiples)
  }

  /// What reports call it.
  public var name: String {
    switch form {
    case .direct: takesMultiples ? "multiples" : "direct"
    case .skipping(let largest, let perMille): "skipping \(largest)/\(perMille)"
    case .loop: "loop"
    }
  }
}

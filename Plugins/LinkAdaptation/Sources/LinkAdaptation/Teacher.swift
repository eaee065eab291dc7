internal import CLinkAdaptation
internal import QHostMemory

/// A network that values schemes by what is known: 15-256-256-28 with rectified units.
package struct Teacher: Sendable {
  static let weightCount = Int(QHOST_KERNEL_LINK_WEIGHTS)
  static let inputCount = Int(QHOST_KERNEL_LINK_INPUTS)
  static let schemeCount = Int(QHOST_KERNEL_LINK_SCHEMES)
  static let scratchCount = Int(QHOST_KERNEL_LINK_SCRATCH)

  /// In the kernel's order.
  package let weights: [Float]

  init(weights: [Float]) {
    precondition(weights.count == Self.weightCount, "\(weights.count) weights")
    self.weights = weights
  }

  /// The one that comes with the plugin: what ``TeacherTraining`` makes with its settings as they are.
  package static let kept = Teacher(
    weights: Array(
      UnsafeBufferPointer(start: qhost_kernel_link_kept_teacher(), count: weightCount)))

  /// Values [28 × B], rows contiguous, of scaled inputs [15 × B]; `scratch` has `scratchCount` × B.
  func values(
    _ rows: Int, scaled: UnsafePointer<Float>, scratch: UnsafeMutablePointer<Float>,
    into values: UnsafeMutablePointer<Float>
  ) {
    weights.withUnsafeBufferPointer {
      guard let weights = $0.baseAddress else { return }
      qhost_kernel_link_values(weights, rows, scaled, scratch, values)
    }
  }

  /// 64 bits of the weights, by which caches know them (FNV-1a over their bytes).
  var fingerprint: UInt64 {
    weights.withUnsafeBytes { bytes in
      bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
  }
}

extension Teacher {
  /// Values [N × 28] of inputs [N × 15] as links show them.
  func values(_ inputs: [Float]) -> [Float] {
    let rows = inputs.count / Self.inputCount
    let block = 256
    var all = Array(repeating: Float(0), count: rows * Self.schemeCount)
    let memory = AlignedBuffer<Float>(
      count: block * (Self.inputCount + Self.schemeCount + Self.scratchCount))
    let values = memory.start + block * Self.inputCount
    for first in stride(from: 0, to: rows, by: block) {
      let count = min(block, rows - first)
      for row in 0..<count {
        inputs.withUnsafeBufferPointer {
          guard let start = $0.baseAddress else { return }
          qhost_kernel_link_scale(
            start + (first + row) * Self.inputCount, memory.start + row, count)
        }
      }
      self.values(
        count, scaled: memory.start, scratch: values + count * Self.schemeCount, into: values)
      for row in 0..<count {
        for m in 0..<Self.schemeCount {
          all[(first + row) * Self.schemeCount + m] = values[m * count + row]
        }
      }
    }
    return all
  }
}

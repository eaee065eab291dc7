internal import QHostInterfaces

/// Where the parameters of a restricted Boltzmann machine are: a [N], b [M], W [M × N].
///
/// ln ψ(s) = Σ aᵢ sᵢ + Σⱼ ln cosh(bⱼ + Σᵢ Wⱼᵢ sᵢ)
struct WaveLayout: Sendable, Equatable {
  /// N, the number of spins.
  let spinCount: Int
  /// M, the number of hidden units.
  let hiddenCount: Int

  var parameterCount: Int { spinCount + hiddenCount + spinCount * hiddenCount }

  var blocks: [ParameterBlock] {
    [
      ParameterBlock(name: "visible.bias", shape: Shape([spinCount]), offset: 0),
      ParameterBlock(name: "hidden.bias", shape: Shape([hiddenCount]), offset: spinCount),
      ParameterBlock(
        name: "hidden.weight", shape: Shape([hiddenCount, spinCount]),
        offset: spinCount + hiddenCount),
    ]
  }

  init(spinCount: Int, hiddenCount: Int) {
    self.spinCount = spinCount
    self.hiddenCount = hiddenCount
  }

  /// The layout whose blocks a problem has; `nil`: it is of another model.
  init?(_ blocks: [ParameterBlock]) {
    guard blocks.count == 3, let n = blocks[0].shape.extents.first,
      let m = blocks[1].shape.extents.first
    else { return nil }
    self.init(spinCount: n, hiddenCount: m)
    guard blocks == self.blocks else { return nil }
  }

  /// Bounds within which no product of ratios overflows: |W| ≤ 4, |a|, |b| ≤ 8.
  var limits: [Double] {
    [Double](repeating: 8, count: spinCount + hiddenCount)
      + [Double](repeating: 4, count: spinCount * hiddenCount)
  }
}

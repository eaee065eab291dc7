internal import CQHost
internal import QHostInterfaces

extension ForeignModelSession {
  func takeNoise(_ noise: UnsafePointer<Float>?) throws(ComponentError) {
    let status = guarded(model.label, "noise") {
      model.flips?.noise(session, noise, error.pointer) ?? QHOST_UNSUPPORTED
    }
    try error.check(status, culprit: model.culprit, function: "noise")
  }

  func openUnit(
    _ unit: Int, sums: UnsafeMutableBufferPointer<Float>,
    outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    let status = guarded(model.label, "unit") {
      model.flips?.unit(
        session, UInt64(unit), sums.baseAddress, outputs.baseAddress, error.pointer)
        ?? QHOST_UNSUPPORTED
    }
    try error.check(status, culprit: model.culprit, function: "unit")
  }

  func factors(index: Int) throws(ComponentError) -> SumFactors {
    var raw = qhost_factors.sized()
    let status = guarded(model.label, "factors") {
      model.flips?.factors(session, UInt64(index), &raw, error.pointer) ?? QHOST_UNSUPPORTED
    }
    try error.check(status, culprit: model.culprit, function: "factors")
    let factors = SumFactors(
      count: Int(clamping: raw.count), rows: raw.rows, values: raw.values)
    if let flaw = factors.flaw(rowCount: rowCount) {
      throw ComponentError(
        "\(model.culprit) names \(raw.count) rows whose sum parameter \(index) changes, which are "
          + "not in ascending order below \(rowCount) from place \(flaw) on; report it to its author"
      )
    }
    return factors
  }
}

extension SumFactors {
  /// The first place whose row is not one of a block, in ascending order; `nil`: there is none.
  fileprivate func flaw(rowCount: Int) -> Int? {
    guard let rows else { return count == rowCount ? nil : count }
    guard count <= rowCount else { return rowCount }
    guard count > 0 else { return nil }
    // Without a branch, so that it vectorises.
    var falls: UInt32 = 0
    for place in 1..<max(1, count) { falls |= rows[place] <= rows[place - 1] ? 1 : 0 }
    guard falls != 0 || Int(rows[count - 1]) >= rowCount else { return nil }
    return (0..<count).first { place in
      Int(rows[place]) >= rowCount || (place > 0 && rows[place] <= rows[place - 1])
    }
  }
}

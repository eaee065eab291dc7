internal import CQHost
internal import QHostInterfaces

extension ForeignModelSession {
  func preparePotential(unit: Int, offset: Double) throws(ComponentError) {
    let status = guarded(model.label, "unit_prepare") {
      model.potentials?.unit_prepare?(session, UInt64(unit), offset, error.pointer)
        ?? QHOST_UNSUPPORTED
    }
    try error.check(status, culprit: model.culprit, function: "unit_prepare")
  }

  func hold(
    unit: Int, at places: UnsafeBufferPointer<Double>, outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    let status = guarded(model.label, "hold") {
      model.potentials?.hold(
        session, UInt64(unit), places.baseAddress, UInt64(places.count), outputs.baseAddress,
        error.pointer) ?? QHOST_UNSUPPORTED
    }
    try error.check(status, culprit: model.culprit, function: "hold")
  }

  func openPotential(_ potential: UnitPotential) throws(ComponentError) -> Double {
    var sum = 0.0
    let status = guarded(model.label, "unit_open") {
      model.potentials?.unit_open(
        session, UInt64(potential.unit), potential.coefficients.baseAddress,
        UInt64(potential.coefficientCount), potential.noiseWidth, &sum, error.pointer)
        ?? QHOST_UNSUPPORTED
    }
    try error.check(status, culprit: model.culprit, function: "unit_open")
    return sum
  }

  func cutPotential(
    index: Int, offsets: UnsafeBufferPointer<Double>, into changes: UnsafeMutablePointer<Double>
  ) throws(ComponentError) -> PotentialWork {
    var (work, outside) = (0.0, UInt64(0))
    let status = guarded(model.label, "unit_cut") {
      model.potentials?.unit_cut(
        session, UInt64(index), offsets.baseAddress, UInt64(offsets.count), changes, &outside,
        &work, error.pointer) ?? QHOST_UNSUPPORTED
    }
    try error.check(status, culprit: model.culprit, function: "unit_cut")
    return PotentialWork(outside: Int(clamping: outside), work: try checked(work, "unit_cut"))
  }

  func movePotential(
    index: Int, delta: Double
  ) throws(ComponentError) -> (change: Double, took: PotentialWork) {
    var (change, work, outside) = (0.0, 0.0, UInt64(0))
    let status = guarded(model.label, "unit_move") {
      model.potentials?.unit_move(
        session, UInt64(index), delta, &change, &outside, &work, error.pointer)
        ?? QHOST_UNSUPPORTED
    }
    try error.check(status, culprit: model.culprit, function: "unit_move")
    return (
      change,
      PotentialWork(outside: Int(clamping: outside), work: try checked(work, "unit_move"))
    )
  }

  func closePotential() throws(ComponentError) -> Double {
    var work = 0.0
    let status = guarded(model.label, "unit_close") {
      model.potentials?.unit_close(session, &work, error.pointer) ?? QHOST_UNSUPPORTED
    }
    try error.check(status, culprit: model.culprit, function: "unit_close")
    return try checked(work, "unit_close")
  }

  private func checked(_ work: Double, _ function: String) throws(ComponentError) -> Double {
    guard work >= 0, work.isFinite else {
      throw ComponentError(
        "\(model.culprit) says that its \(function) was a work of \(work), which must be finite and not "
          + "below 0; report it to its author")
    }
    return work
  }
}

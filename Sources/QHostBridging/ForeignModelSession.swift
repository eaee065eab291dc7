internal import CQHost
internal import QHostInterfaces

/// A session of a model behind a C table.
final class ForeignModelSession: ModelSession {
  private let model: ForeignModel
  private let session: UnsafeMutableRawPointer
  private let error = ErrorBuffer()

  init(of model: ForeignModel) throws(ComponentError) {
    var session: UnsafeMutableRawPointer?
    let error = error
    let status = guarded(model.label, "open") {
      model.table.open(model.instance, &session, error.pointer)
    }
    try error.check(status, culprit: model.culprit, function: "open")
    guard let session else {
      throw ComponentError("\(model.culprit) opened no session; report it to its author")
    }
    self.model = model
    self.session = session
  }

  deinit { model.table.close(session) }

  func bind(
    inputs: UnsafeBufferPointer<Float>, rowCount: Int
  ) throws(ComponentError) {
    let status = guarded(model.label, "bind") {
      model.table.bind(session, inputs.baseAddress, UInt64(rowCount), error.pointer)
    }
    try error.check(status, culprit: model.culprit, function: "bind")
  }

  func forward(
    parameters: UnsafeBufferPointer<Double>, pointCount: Int,
    outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    let status = guarded(model.label, "forward") {
      model.table.forward(
        session, parameters.baseAddress, UInt64(pointCount), outputs.baseAddress, error.pointer)
    }
    try error.check(status, culprit: model.culprit, function: "forward")
  }

  func backward(
    outputGradients: UnsafeBufferPointer<Float>, gradient: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) {
    let status = guarded(model.label, "backward") {
      model.table.backward(
        session, outputGradients.baseAddress, gradient.baseAddress, error.pointer)
    }
    try error.check(status, culprit: model.culprit, function: "backward")
  }

  func openCuts(parameters: UnsafeBufferPointer<Double>) throws(ComponentError) {
    let status = guarded(model.label, "cut_open") {
      model.table.cut_open(session, parameters.baseAddress, error.pointer)
    }
    try error.check(status, culprit: model.culprit, function: "cut_open")
  }

  func cut(
    index: Int, offsets: UnsafeBufferPointer<Double>, outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    let status = guarded(model.label, "cut") {
      model.table.cut(
        session, UInt64(index), offsets.baseAddress, UInt64(offsets.count), outputs.baseAddress,
        error.pointer)
    }
    try error.check(status, culprit: model.culprit, function: "cut")
  }

  func move(index: Int, delta: Double) throws(ComponentError) {
    let status = guarded(model.label, "cut_move") {
      model.table.cut_move(session, UInt64(index), delta, error.pointer)
    }
    try error.check(status, culprit: model.culprit, function: "cut_move")
  }
}

internal import CQHost
internal import QHostBridging
internal import QHostInterfaces

/// A session of a model in Swift behind a C pointer.
final class ExportedSession: Instance {
  let session: any ModelSession
  let parameterCount: Int
  private let inputCount: Int
  private let outputCount: Int
  private var rowCount = 0

  /// B of the last bind.
  var boundRowCount: Int { rowCount }

  init(_ session: any ModelSession, of exported: ExportedModel) {
    self.session = session
    parameterCount = exported.model.modelDescription.parameterCount
    inputCount = exported.inputCount
    outputCount = exported.outputCount
  }

  var outputsPerPoint: Int { outputCount * rowCount }

  func bind(_ inputs: UnsafePointer<Float>?, _ rowCount: Int) throws(ComponentError) {
    self.rowCount = rowCount
    try session.bind(
      inputs: UnsafeBufferPointer(start: inputs, count: inputCount * rowCount),
      rowCount: rowCount)
  }
}

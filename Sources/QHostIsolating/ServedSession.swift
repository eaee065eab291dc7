internal import QHostInterfaces

/// A session of a model in its own process, with the rows that it is bound to.
final class ServedSession {
  private let session: any ModelSession
  private let outputCount: Int
  /// Inputs [F × B], which stay unchanged until the next bind.
  private var inputs = Room<Float>(0)

  /// Serves a session of a model of so many outputs.
  init(_ session: any ModelSession, outputCount: Int) {
    self.session = session
    self.outputCount = outputCount
  }

  /// Does one function.
  func perform(
    _ function: IsolatedFunction, _ request: inout MessageReader, _ reply: inout MessageWriter
  ) throws(ComponentError) {
    switch function {
    case .bind:
      let rowCount = try request.integer()
      let bound = Room(try request.view(of: Float.self))
      try session.bind(inputs: bound.values, rowCount: rowCount)
      inputs = bound
    case .bindRows: try session.bindRows(keys: try request.view(of: UInt64.self))
    case .bindSeries:
      let start = SeriesStart(rawValue: try request.read(UInt32.self)) ?? .separate
      try session.bindSeries(lengths: try request.view(of: UInt64.self), start: start)
    case .forward:
      let pointCount = try request.integer()
      let outputs = Room<Float>(try request.integer())
      try session.forward(
        parameters: try request.view(of: Double.self), pointCount: pointCount,
        outputs: outputs.buffer)
      outputs.write(to: &reply)
    case .forwardDraws:
      let outputs = Room<Float>(try request.integer())
      let parameters = try request.view(of: Double.self)
      try session.forward(
        parameters: parameters, draws: try request.view(of: UInt64.self), outputs: outputs.buffer)
      outputs.write(to: &reply)
    case .backward:
      let gradient = Room<Double>(try request.integer())
      try session.backward(
        outputGradients: try request.view(of: Float.self), gradient: gradient.buffer)
      gradient.write(to: &reply)
    case .openCuts: try session.openCuts(parameters: try request.view(of: Double.self))
    case .cut:
      let index = try request.integer()
      let outputs = Room<Float>(try request.integer())
      try session.cut(
        index: index, offsets: try request.view(of: Double.self), outputs: outputs.buffer)
      outputs.write(to: &reply)
    case .moveCuts:
      try session.move(index: try request.integer(), delta: try request.real())
    case .cutChanges, .moveChanges: try changes(function, &request, &reply)
    default: throw MessageReader.damaged
    }
  }

  private func changes(
    _ function: IsolatedFunction, _ request: inout MessageReader, _ reply: inout MessageWriter
  ) throws(ComponentError) {
    let (index, stride) = (try request.integer(), try request.integer())
    let offsets =
      function == .cutChanges
      ? try request.view(of: Double.self) : UnsafeBufferPointer(start: nil, count: 0)
    let count = function == .cutChanges ? offsets.count : 1
    let rowCounts = Room<UInt64>(count)
    let rows = Room<UInt32>(count * stride)
    let outputs = Room<Float>(count * outputCount * stride)
    guard let first = rowCounts.buffer.baseAddress, let row = rows.buffer.baseAddress,
      let output = outputs.buffer.baseAddress
    else { throw MessageReader.damaged }
    var changes = CutChanges(stride: stride, rowCounts: first, rows: row, outputs: output)
    if function == .cutChanges {
      try session.cutChanges(index: index, offsets: offsets, into: &changes)
    } else {
      try session.moveChanges(index: index, delta: try request.real(), into: &changes)
    }
    guard rowCounts.buffer.allSatisfy({ $0 <= UInt64(stride) }) else {
      throw ComponentError("it says that more rows change than there are; report it to its author")
    }
    changes.write(to: &reply, offsetCount: count, outputCount: outputCount)
  }
}

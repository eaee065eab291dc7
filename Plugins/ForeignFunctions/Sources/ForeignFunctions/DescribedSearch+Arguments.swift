internal import QHostCalling
internal import QHostInterfaces
internal import QHostMemory
internal import QHostYAML

extension DescribedSearch {
  /// What an argument of a call is given.
  func value(
    _ argument: OptimizerDescription.Argument, _ type: CType, _ call: OptimizerDescription.Call
  ) throws(ComponentError) -> CValue {
    switch argument {
    case .dimension:
      guard let value = type.value(problem.dimension) else {
        throw call.node.error("\(problem.dimension) parameters do not fit a \(type.spelling)")
      }
      return value
    case .seed:
      var seed: UInt64 = 0
      withUnsafeMutablePointer(to: &seed) {
        host.fillBits(step: 0, index: 0, UnsafeMutableBufferPointer(start: $0, count: 1))
      }
      // Positive in every type.
      for bits in [32, 31, 15, 7] {
        if let value = type.value(Int(seed & (1 << UInt64(bits) - 1))) { return value }
      }
      return .int8(0)
    case .number(let value): return type.number(value) ?? .double(value)
    case .null: return .pointer(nil)
    case .point: return .pointer(doubles["x"].map { .init($0.start) })
    case .loss: return .pointer(doubles["loss"].map { .init($0.start) })
    case .lower: return .pointer(doubles["lower"].map { .init($0.start) })
    case .upper: return .pointer(doubles["upper"].map { .init($0.start) })
    case .scales: return .pointer(doubles["scales"].map { .init($0.start) })
    case .result(let name):
      guard let value = results[name], value.type == type else {
        throw call.node.error(
          "'\(call.symbol)' takes a \(type.spelling), which '\(name)' is not")
      }
      return value
    case .callback(let name): return .pointer(closures[name]?.address)
    case .text(let text):
      let buffer = AlignedBuffer<Int32>(count: text.utf8.count / 4 + 1)
      text.utf8CString.withUnsafeBytes {
        UnsafeMutableRawPointer(buffer.start).copyMemory(
          from: $0.baseAddress ?? UnsafeRawPointer(buffer.start), byteCount: $0.count)
      }
      integers.append(buffer)
      return .pointer(.init(buffer.start))
    case .doubles(let count):
      let buffer = AlignedBuffer<Double>(count: try size(count, call))
      doubles["workspace \(doubles.count)"] = buffer
      return .pointer(.init(buffer.start))
    case .integers(let count):
      let buffer = AlignedBuffer<Int32>(count: try size(count, call))
      integers.append(buffer)
      return .pointer(.init(buffer.start))
    }
  }

  /// Elements of work memory.
  private static let memoryLimit = 1 << 29

  private func size(
    _ count: Polynomial, _ call: OptimizerDescription.Call
  ) throws(ComponentError) -> Int {
    guard let size = count.value(at: problem.dimension, upTo: Self.memoryLimit) else {
      throw call.node.error(
        "the work memory of '\(call.symbol)' is more than 4 GiB for \(problem.dimension) parameters"
      )
    }
    return max(size, 1)
  }
}

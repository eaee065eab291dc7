internal import CQHost
internal import QHostInterfaces

/// The objective as the C callback that a loop-owning optimizer calls.
final class ObjectiveBridge {
  private let objective: any ObjectiveFunction
  private let dimension: Int
  private let culprit: String
  private var query = Query()
  private var answer = Answer()
  private(set) var failure: ComponentError?

  init(_ objective: any ObjectiveFunction, dimension: Int, culprit: String) {
    self.objective = objective
    self.dimension = dimension
    self.culprit = culprit
  }

  func withRaw<R>(_ body: (UnsafePointer<qhost_objective>) -> R) -> R {
    var raw = qhost_objective.sized()
    raw.context = Unmanaged.passUnretained(self).toOpaque()
    raw.evaluate = { raw, query, answer in
      guard let context = raw?.pointee.context, let query, let answer else { return QHOST_ERROR }
      return Unmanaged<ObjectiveBridge>.fromOpaque(context).takeUnretainedValue()
        .evaluate(query, answer)
    }
    return withUnsafePointer(to: raw, body)
  }

  private func evaluate(
    _ rawQuery: UnsafePointer<qhost_query>, _ rawAnswer: UnsafeMutablePointer<qhost_answer>
  ) -> qhost_status {
    guard failure == nil else { return QHOST_CANCELLED }
    do throws(ComponentError) {
      query.clear()
      try query.read(
        qhost_query.reading(rawQuery) ?? .sized(), dimension: dimension, culprit: culprit)
      answer = try objective.evaluate(query)
    } catch let error {
      if error.severity != .cancelled { failure = error }
      return QHOST_CANCELLED
    }
    // The arrays live in `answer` until the next call, as the interface promises.
    answer.withRaw { raw in
      let size = min(Int(rawAnswer.pointee.struct_size), MemoryLayout<qhost_answer>.size)
      UnsafeMutableRawPointer(rawAnswer).copyMemory(from: raw, byteCount: size)
    }
    return QHOST_OK
  }
}

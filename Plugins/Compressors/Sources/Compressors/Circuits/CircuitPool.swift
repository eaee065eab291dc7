internal import Synchronization

/// Engines of one ansatz for any number of threads, each of which has one to itself for as long as it works.
///
/// An engine that has ψ of the angles that are asked for comes first: the gradient after a forward pass then does not
/// run the circuit again.
final class CircuitPool: Sendable {
  private let free = Mutex<[any CircuitRunning]>([])
  private let make: @Sendable () -> any CircuitRunning

  init(_ make: @escaping @Sendable () -> any CircuitRunning) { self.make = make }

  /// Calls `body` with an engine.
  func withEngine(
    angles: UnsafeBufferPointer<Double>, _ body: (any CircuitRunning) -> Void
  ) {
    let key = Array(angles)
    let present = free.withLock { free -> (any CircuitRunning)? in
      let match = key.withUnsafeBufferPointer { key in free.lastIndex { $0.has(angles: key) } }
      if let match { return free.remove(at: match) }
      return free.popLast()
    }
    let engine = present ?? make()
    body(engine)
    free.withLock { $0.append(engine) }
  }
}

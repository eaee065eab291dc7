public import QHostInterfaces

/// The inverse of a loss's second derivatives, as the last few steps show it.
///
/// From steps s and changes y of the gradient along them, H g is computed by the two loops of the
/// limited-memory formula of Broyden, Fletcher, Goldfarb and Shanno, with s·y/y·y as the first guess.
///
/// Source: J. Nocedal, Math. Comp. 35 (1980) 773.
public struct InverseCurvature: Sendable {
  private let capacity: Int
  private var steps: [[Double]] = []
  private var changes: [[Double]] = []

  /// Remembers up to `capacity` steps.
  public init(capacity: Int) { self.capacity = capacity }

  /// Whether no step is known.
  public var isEmpty: Bool { steps.isEmpty }

  /// Forgets all steps.
  public mutating func clear() {
    steps.removeAll()
    changes.removeAll()
  }

  /// Remembers a step [n] and the change of the gradient along it, unless the curvature is not above 0.
  public mutating func add(step: [Double], change: [Double]) {
    let product = dot(step, change)
    guard product > 1e-10 * (dot(step, step) * dot(change, change)).squareRoot() else { return }
    steps.append(step)
    changes.append(change)
    if steps.count > capacity {
      steps.removeFirst()
      changes.removeFirst()
    }
  }

  /// H · gradient, [n].
  public func times(_ gradient: [Double]) -> [Double] {
    var q = gradient
    var parts = Array(repeating: 0.0, count: steps.count)
    for k in steps.indices.reversed() {
      parts[k] = dot(steps[k], q) / dot(steps[k], changes[k])
      add(-parts[k], of: changes[k], to: &q)
    }
    if let step = steps.last, let change = changes.last {
      let guess = dot(step, change) / dot(change, change)
      for i in q.indices { q[i] *= guess }
    }
    for k in steps.indices {
      let part = dot(changes[k], q) / dot(steps[k], changes[k])
      add(parts[k] - part, of: steps[k], to: &q)
    }
    return q
  }

  private func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for i in a.indices { sum += a[i] * b[i] }
    return sum
  }

  private func add(_ factor: Double, of a: [Double], to b: inout [Double]) {
    for i in a.indices { b[i] += factor * a[i] }
  }
}

extension InverseCurvature {
  /// Adds the steps to a state.
  public func save(_ writer: inout StateWriter) {
    writer.write(steps.count)
    for (step, change) in zip(steps, changes) {
      writer.write(step)
      writer.write(change)
    }
  }

  /// Takes the steps that a state holds.
  ///
  /// - Parameters:
  ///   - reader: the state, read up to where ``save(_:)`` wrote.
  ///   - dimension: n, the coordinates of a step.
  /// - Throws: when the state is damaged, of another dimension, or has more steps than the capacity.
  public mutating func load(
    _ reader: inout StateReader, dimension: Int
  ) throws(ComponentError) {
    clear()
    let count = try reader.readInteger()
    guard count >= 0, count <= capacity else {
      throw ComponentError("the saved state has \(count) steps; start a new run")
    }
    for _ in 0..<count {
      steps.append(try reader.readReals(count: dimension))
      changes.append(try reader.readReals(count: dimension))
    }
  }
}

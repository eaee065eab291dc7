import QHostCalling
import QHostInterfaces
import QHostNumerics

/// The host's objective as the function that NLopt calls:
/// `double f(unsigned n, const double *x, double *gradient, void *data)`.
final class NLoptObjective {
  /// A point that is not a number: what some algorithms make of infinite losses.
  struct NoPoint: Error {}

  static let signature = Signature(.uint32, .pointer, .pointer, .pointer, returning: .double)

  private let objective: any ObjectiveFunction
  private let settings: NLoptSettings
  private let stop: () -> Void
  private var query = Query()

  /// Wraps an objective.
  ///
  /// - Parameters:
  ///   - objective: the host's.
  ///   - settings: the bounds, which points are kept within to the last bit.
  ///   - stop: makes NLopt return.
  init(
    _ objective: any ObjectiveFunction, _ settings: NLoptSettings, stop: @escaping () -> Void
  ) {
    self.objective = objective
    self.settings = settings
    self.stop = stop
  }

  /// The function; it gives ∞ once it has failed, and has told NLopt to stop.
  func closure() throws(CallError) -> ForeignClosure {
    try ForeignClosure(Self.signature, onFailure: .double(.infinity)) { [self] arguments in
      do {
        return .double(
          try loss(
            at: arguments[1].address?.assumingMemoryBound(to: Double.self),
            gradient: arguments[2].address?.assumingMemoryBound(to: Double.self)))
      } catch {
        stop()
        throw error
      }
    }
  }

  private func loss(
    at point: UnsafePointer<Double>?, gradient: UnsafeMutablePointer<Double>?
  ) throws -> Double {
    guard let point else { throw NoPoint() }
    query.clear()
    query.kind = gradient == nil ? .points : .gradient
    for i in settings.lower.indices {
      guard point[i].isFinite else { throw NoPoint() }
      query.points.append(min(max(point[i], settings.lower[i]), settings.upper[i]))
    }
    settings.whole.round(&query.points)
    let answer = try objective.evaluate(query)
    if let gradient {
      for i in settings.lower.indices {
        // An infinite loss has none.
        gradient[i] = i < answer.gradient.count ? answer.gradient[i] : 0
      }
    }
    return answer.losses.first ?? .infinity
  }
}

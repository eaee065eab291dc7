internal import Synchronization

/// Whether the user asked to stop; may be set from a signal handler.
public final class Cancellation: Sendable {
  private let requested = Atomic<Bool>(false)

  /// Makes one that is not requested.
  public init() {}

  /// Whether the user asked to stop.
  public var isRequested: Bool { requested.load(ordering: .relaxed) }

  /// Asks to stop.
  public func request() { requested.store(true, ordering: .relaxed) }
}

internal import Synchronization

/// Error objects for a function that is called from several threads at once: each call has one of its own.
final class ErrorPool: Sendable {
  private let link: InstanceLink
  private let spare = Mutex<[ErrorBuffer]>([])

  init(_ link: InstanceLink) { self.link = link }

  /// One that nobody else uses until it is given back.
  func take() -> ErrorBuffer { spare.withLock { $0.popLast() } ?? ErrorBuffer(link) }

  /// Gives one back.
  func giveBack(_ error: ErrorBuffer) { spare.withLock { $0.append(error) } }
}

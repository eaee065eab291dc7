internal import Logging
internal import QHostBridging
internal import QHostInterfaces
internal import QHostRuntime

/// An instance in another process, and the process.
///
/// Threads that ask at once take turns.
final class IsolatedInstance: @unchecked Sendable {
  let culprit: String
  private let kind: ComponentKind
  private let process: IsolatedProcess
  private let path: String
  private let isolation: Isolation
  private let turns = Turns()

  /// Makes an instance.
  ///
  /// - Parameters:
  ///   - plan: what it is.
  ///   - part: the same for the other process; `nil`: what the plan says.
  ///   - common: what the components of the run have in common.
  ///   - isolation: has the processes.
  ///   - function: makes it.
  ///   - write: adds what it is made for.
  /// - Throws: what it throws, and how its process failed.
  init(
    _ plan: ComponentPlan, part: IsolatedPart? = nil, _ common: RunServices.Common,
    in isolation: Isolation, by function: IsolatedFunction,
    write: (inout MessageWriter) -> Void = { _ in }
  ) throws(ComponentError) {
    culprit = plan.component.culprit
    kind = plan.component.kind
    path = plan.path
    self.isolation = isolation
    process = try isolation.take(plan.path)
    let culprit = culprit
    do throws(ComponentError) {
      try process.call(function, culprit) { message in
        message.write(common.seed)
        message.write(common.logger.logLevel.rawValue)
        (part ?? IsolatedPart(plan)).write(to: &message)
        write(&message)
      } read: { _ in
      }
    } catch {
      isolation.note(process)
      throw error
    }
  }

  deinit {
    do throws(ComponentError) {
      try process.call(.destroy, culprit) { _ in
      }
    } catch {
      // A process that fails now has done its work; it is not used again.
    }
    isolation.give(process, path)
  }

  /// Sends a request and reads the reply; see ``IsolatedProcess/call(_:_:write:read:)``.
  func call<R>(
    _ function: IsolatedFunction, write: (inout MessageWriter) -> Void = { _ in },
    read: (inout MessageReader) throws(ComponentError) -> R
  ) throws(ComponentError) -> R {
    turns.begin()
    defer { turns.end() }
    do throws(ComponentError) {
      return try process.call(function, culprit, write: write, read: read)
    } catch {
      isolation.note(process)
      throw error
    }
  }

  /// Puts an answer where the next request takes it along.
  func prepare(_ answer: Answer) throws(ComponentError) { try process.prepare(answer, culprit) }

  /// Hands over an answer that still waits to be taken along.
  func flush() throws(ComponentError) {
    guard process.hasPrepared else { return }
    try call(.tell) { _ in
    }
  }

  /// The figures of it and of what it depends on, each checked again.
  func figures(_ parameters: [Double]) -> [FigureHandover] {
    do throws(ComponentError) {
      try flush()
      return try call(.figures) {
        $0.write(parameters)
      } read: { (message) throws(ComponentError) in
        try message.elements { (message) throws(ComponentError) in
          try FigureHandover(from: &message)
        }
      }
    } catch {
      return [
        FigureHandover(culprit: culprit, kind: kind, figures: [], refusals: [error.message])
      ]
    }
  }
}

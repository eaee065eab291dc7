public import CQHost
public import QHostInterfaces

/// The error object of one foreign instance, used for call after call.
public final class ErrorBuffer: @unchecked Sendable {
  private static let capacity = 1024

  /// What calls receive.
  public let pointer: UnsafeMutablePointer<qhost_error>
  private let message: UnsafeMutablePointer<CChar>

  private let link: InstanceLink?

  /// Makes an empty error object.
  public convenience init() { self.init(nil) }

  /// Makes one for the calls of an instance: its remarks are shown, and the end of its plugin is noted.
  init(_ link: InstanceLink?) {
    self.link = link
    message = .allocate(capacity: Self.capacity)
    message.initialize(repeating: 0, count: Self.capacity)
    pointer = .allocate(capacity: 1)
    var error = qhost_error.sized()
    error.capacity = UInt64(Self.capacity)
    error.message = message
    pointer.initialize(to: error)
  }

  deinit {
    pointer.deallocate()
    message.deallocate()
  }

  /// The message of the last call, and forgets it.
  public func takeMessage() -> String {
    defer { message[0] = 0 }
    return String(cString: message)
  }

  /// Throws what a status and the message behind it mean.
  ///
  /// - Parameters:
  ///   - status: what the call returned.
  ///   - culprit: who was called, for example `optimizer 'mine'`.
  ///   - function: what was called.
  /// - Returns: the remark of a `QHOST_WARNING`.
  /// - Throws: for every other status but `QHOST_OK`.
  @inline(__always) @discardableResult
  public func check(
    _ status: qhost_status, culprit: @autoclosure () -> String, function: StaticString
  ) throws(ComponentError) -> String? {
    if status == QHOST_OK { return nil }
    return try fail(status, culprit: culprit(), function: function)
  }

  private func fail(
    _ status: qhost_status, culprit: String, function: StaticString
  ) throws(ComponentError) -> String? {
    let kind = ComponentError.Kind(rawValue: pointer.pointee.kind) ?? .plugin
    pointer.pointee.kind = QHOST_ERROR_PLUGIN
    let text = takeMessage().shownOnOneLine
    if status == QHOST_WARNING {
      let remark =
        text.isEmpty
        ? "\(culprit) warns in \(function) without saying of what; report it to its author"
        : "\(culprit): \(text)"
      link?.show(remark)
      return remark
    }
    if status == QHOST_FATAL { link?.end() }
    guard let severity = ComponentError.Severity(rawValue: status) else {
      throw ComponentError(
        "\(culprit) returned the unknown status \(status) from \(function); report it to its author"
      )
    }
    if text.isEmpty {
      throw ComponentError(
        "\(culprit) failed in \(function) without saying why (status \(status)); "
          + "report it to its author", kind: kind, severity: severity)
    }
    throw ComponentError("\(culprit): \(text)", kind: kind, severity: severity)
  }
}

extension UnsafeMutablePointer<qhost_error>? {
  /// Fills a caller's error object, if there is one, and gives the status to return.
  public func report(_ error: ComponentError) -> qhost_status {
    qhost_fail(self, error.severity.rawValue, error.kind.rawValue, error.message)
  }
}

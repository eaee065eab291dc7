import CQHost
import QHostBridging
import QHostInterfaces
import Testing

@Suite("ErrorBuffer")
struct ErrorBufferTests {
  private let buffer = ErrorBuffer()

  private func failure(_ status: qhost_status) -> ComponentError? {
    #expect(throws: ComponentError.self) {
      try buffer.check(status, culprit: "model 'm'", function: "forward")
    }
  }

  @Test(
    "Each status becomes its severity, with culprit and message",
    arguments: [
      (QHOST_DISCARD, ComponentError.Severity.discard), (QHOST_ERROR, .error),
      (QHOST_FATAL, .fatal), (QHOST_CANCELLED, .cancelled), (QHOST_UNSUPPORTED, .unsupported),
    ])
  func severities(status: qhost_status, severity: ComponentError.Severity) {
    _ = qhost_fail(buffer.pointer, status, QHOST_ERROR_DATA, "line 3 is short; correct it")
    let error = failure(status)
    #expect(error?.severity == severity)
    #expect(error?.kind == .data)
    #expect(error?.message == "model 'm': line 3 is short; correct it")
  }

  @Test("OK is not an error, a warning is a remark")
  func remarks() throws {
    #expect(try buffer.check(QHOST_OK, culprit: "m", function: "f") == nil)
    _ = qhost_fail(buffer.pointer, QHOST_WARNING, 0, "slow")
    #expect(try buffer.check(QHOST_WARNING, culprit: "m", function: "f") == "m: slow")
  }

  @Test("Silence and unknown statuses are named")
  func silence() {
    #expect(failure(QHOST_ERROR)?.message.contains("failed in forward without saying why") == true)
    #expect(failure(77)?.message.contains("unknown status 77 from forward") == true)
  }

  @Test("Message and kind of one call are not those of the next")
  func freshness() {
    _ = qhost_fail(buffer.pointer, QHOST_ERROR, QHOST_ERROR_DATA, "first; correct it")
    _ = failure(QHOST_ERROR)
    let second = failure(QHOST_ERROR)
    #expect(second?.kind == .plugin)
    #expect(second?.message.contains("first") == false)
  }

  @Test("A message that is too long is cut off, not written beyond the buffer")
  func longMessages() {
    let long = String(repeating: "x", count: 5_000)
    _ = qhost_fail(buffer.pointer, QHOST_ERROR, 0, long)
    #expect(buffer.takeMessage().count == Int(buffer.pointer.pointee.capacity) - 1)
  }

  @Test("An exported error and a caller without an error object go together")
  func reporting() {
    let none: UnsafeMutablePointer<qhost_error>? = nil
    #expect(none.report(.unsupported("no")) == QHOST_UNSUPPORTED)
    let some: UnsafeMutablePointer<qhost_error>? = buffer.pointer
    #expect(some.report(.parameter("size is odd; make it even")) == QHOST_ERROR)
    #expect(buffer.takeMessage() == "size is odd; make it even")
  }
}

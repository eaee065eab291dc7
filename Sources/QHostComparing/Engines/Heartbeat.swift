internal import Glibc
public import QHostRuntime
internal import Synchronization

/// A sign of life of an attempt at an element: a file in its folder that says something else every two seconds.
///
/// What a scheduler calls running may have no process behind it for ever. The file's text is compared with what it was,
/// not its time with a clock, which may differ between machines.
public enum Heartbeat {
  /// The name of the file in an attempt's folder.
  public static let fileName = "alive"
  private static let interval: UInt32 = 2_000_000

  /// The file that the thread writes, and whether there is a thread.
  private static let state = Mutex<(path: String?, hasThread: Bool)>((nil, false))

  /// Writes it from now on, by a thread, until the process ends or it is called for another folder.
  ///
  /// A process that is stopped by a signal, or whose machine hangs, gives no signs.
  ///
  /// - Parameter folder: the attempt's folder, which is made.
  /// - Throws: kind `data` when it cannot be written.
  public static func begin(in folder: String) throws(RunError) {
    try FileAccess.makeFolder(folder)
    let path = "\(folder)/\(fileName)"
    try FileAccess.write(unsynchronised: Array("0\n".utf8), to: path)
    let status: Int32 = state.withLock { state in
      state.path = path
      guard !state.hasThread else { return 0 }
      var thread = pthread_t()
      let status = pthread_create(&thread, nil, { _ in Heartbeat.beat() }, nil)
      guard status == 0 else { return status }
      pthread_detach(thread)
      state.hasThread = true
      return 0
    }
    guard status == 0 else {
      throw RunError(
        .data, "cannot start a thread: \(String(cString: strerror(status))); use fewer --jobs")
    }
  }

  private static func beat() -> Never {
    var count = 0
    while true {
      usleep(interval)
      count += 1
      guard let path = state.withLock({ $0.path }) else { continue }
      // A folder that is full for a moment is tried again.
      try? FileAccess.write(unsynchronised: Array("\(count)\n".utf8), to: path)
    }
  }
}

/// When elements gave their last signs of life, by the clock of whoever follows them.
struct HeartbeatWatch {
  private var last: [Int: (text: [[UInt8]], at: UInt64)] = [:]

  /// Seconds without a sign from an element since this was asked first, or since its last sign.
  ///
  /// - Parameters:
  ///   - element: its number.
  ///   - folder: the campaign's.
  ///   - now: the time in nanoseconds.
  /// - Returns: the seconds; 0 when it has given one since this was asked last.
  mutating func silence(of element: Int, in folder: String, now: UInt64) -> Double {
    let text = Campaign.attempts(at: element, in: folder).map {
      (try? FileAccess.read("\($0)/\(Heartbeat.fileName)")) ?? []
    }
    guard let known = last[element], known.text == text else {
      last[element] = (text, now)
      return 0
    }
    return Double(now - known.at) * 1e-9
  }

  /// Begins again with an element.
  mutating func forget(_ element: Int) { last[element] = nil }
}

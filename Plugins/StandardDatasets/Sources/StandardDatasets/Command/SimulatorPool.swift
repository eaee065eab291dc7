#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif
internal import QHostInterfaces

/// The processes of one program, which share the points that are asked about.
final class SimulatorPool: @unchecked Sendable {
  private struct Worker {
    let process: SimulatorProcess
    /// The points that it has been sent and has not answered, in order.
    var pending: [Int] = []
    /// When the first of them became the one to be answered, in nanoseconds.
    var since: UInt64 = 0
  }

  private let file: SimulatorFile
  private let path: String
  private let folder: String
  private let host: any HostServices
  private var mutex = pthread_mutex_t()
  private var workers: [Worker] = []

  init(_ file: SimulatorFile, path: String, folder: String, host: any HostServices) {
    self.file = file
    self.path = path
    self.folder = folder
    self.host = host
    pthread_mutex_init(&mutex, nil)
  }

  deinit { pthread_mutex_destroy(&mutex) }

  /// Scores points, each a line.
  ///
  /// - Parameters:
  ///   - lines: the points.
  ///   - take: is called with each point's number and its scores, in any order.
  /// - Throws: an error that names the program, the point and what was wrong; all processes are ended then.
  func score(
    _ lines: [String], take: (Int, [Double]) -> Void
  ) throws(ComponentError) {
    pthread_mutex_lock(&mutex)
    defer { pthread_mutex_unlock(&mutex) }
    do throws(ComponentError) {
      try start()
      try perform(lines, take)
    } catch let error {
      for worker in workers { worker.process.end(patience: 0) }
      workers.removeAll()
      throw error
    }
  }

  private func start() throws(ComponentError) {
    while workers.count < file.processCount {
      workers.append(
        Worker(process: try SimulatorProcess(running: file.command, in: folder)))
    }
  }

  private func perform(
    _ lines: [String], _ take: (Int, [Double]) -> Void
  ) throws(ComponentError) {
    for worker in workers {
      // A line too many, such as a greeting, would shift all that follow to other points.
      if let line = worker.process.receive().lines.first { throw unasked(line) }
    }
    var (next, open) = (0, lines.count)
    while open > 0 {
      // One point for each at a time, so that all have something to do before one has much.
      var isGiven = true
      while isGiven {
        isGiven = false
        for place in workers.indices where next < lines.count {
          guard workers[place].pending.count < file.lead else { continue }
          if workers[place].pending.isEmpty { workers[place].since = host.nanoseconds }
          workers[place].pending.append(next)
          workers[place].process.send(Array(lines[next].utf8) + [0x0A])
          next += 1
          isGiven = true
        }
      }
      wait()
      for place in workers.indices {
        workers[place].process.flush()
        let received = workers[place].process.receive()
        for line in received.lines {
          guard !workers[place].pending.isEmpty else {
            throw unasked(line)
          }
          let point = workers[place].pending.removeFirst()
          take(point, try scores(line, of: lines[point]))
          workers[place].since = host.nanoseconds
          open -= 1
        }
        guard let first = workers[place].pending.first else { continue }
        if !received.isOpen {
          let ending = workers[place].process.end()
          throw error("gave no scores for the point '\(lines[first])': \(ending)")
        }
        let seconds = Double(host.nanoseconds - workers[place].since) * 1e-9
        guard seconds <= file.timeout else {
          throw error(
            "gave no scores for the point '\(lines[first])' within \(file.timeout) s; raise 'timeout' in "
              + "'\(path)', or have it write and flush a line for each line that it reads")
        }
        guard !host.isCancelled || seconds < 5 else {
          throw error("was still at the point '\(lines[first])' when the run was to stop")
        }
      }
    }
  }

  private func unasked(_ line: String) -> ComponentError {
    error(
      "wrote a line that nobody asked for: '\(line)'; have it write one line for each that it reads, and all "
        + "else to standard error")
  }

  /// Waits until a process writes or takes something, or a tenth of a second.
  private func wait() {
    var polled: [pollfd] = []
    for worker in workers where !worker.pending.isEmpty {
      polled.append(pollfd(fd: worker.process.output, events: Int16(POLLIN), revents: 0))
      let input = worker.process.waitingInput
      if input >= 0 { polled.append(pollfd(fd: input, events: Int16(POLLOUT), revents: 0)) }
    }
    poll(&polled, nfds_t(polled.count), 100)
  }

  private func scores(_ line: String, of point: String) throws(ComponentError) -> [Double] {
    let words = line.split(whereSeparator: \.isWhitespace)
    guard words.count == file.scoreCount else {
      throw error(
        "wrote '\(line)' for the point '\(point)': \(words.count) numbers in place of "
          + "\(file.scoreCount) (\(expected))")
    }
    var scores: [Double] = []
    for (place, word) in words.enumerated() {
      guard let value = Double(word), !value.isNaN else {
        throw error("wrote '\(word)' for the point '\(point)', which is not a number")
      }
      let isLoss = file.objectives.isEmpty && place == 0
      guard value.isFinite || (isLoss && value > 0) else {
        throw error(
          "wrote '\(word)' for the point '\(point)'; only a loss may be 'inf', of a point without a score"
        )
      }
      let isViolation = file.hasViolations && place == words.count - 1
      guard !isViolation || value >= 0 else {
        throw error("wrote the violation \(word) for the point '\(point)'; it must be 0 or more")
      }
      scores.append(value)
    }
    return scores
  }

  /// What a line of scores has.
  private var expected: String {
    let first = file.objectives.isEmpty ? ["a loss"] : file.objectives.map(\.name)
    return (first + (file.hasViolations ? ["a violation"] : [])).joined(separator: ", ")
  }

  private func error(_ message: String) -> ComponentError {
    ComponentError("the program '\(file.command.joined(separator: " "))' \(message)", kind: .data)
  }
}

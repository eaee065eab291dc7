internal import Glibc
internal import QHostRuntime

/// The worker processes of a comparison: hands out requests, and replaces workers that die.
public final class WorkerCrew {
  /// How a request ended.
  enum Outcome {
    case done(CellReply)
    /// It failed, for a reason of kind `usage`, `plugin`, `data` or `worker`.
    case failed(kind: String, message: String)
  }

  /// What a worker is doing.
  public struct Activity: Sendable {
    /// The number of the cell.
    public var number: Int
    /// What it is called.
    public var labels: CellLabels
    /// The seed.
    public var seed: UInt64
    /// Seconds since it began.
    public var seconds: Double
    /// How it is doing, when it has said so.
    public var progress: CellProgress?
  }

  private static let attempts = 2
  private static let tickMilliseconds: Int32 = 100

  private let jobs: Int
  private let program: String
  private let settings: WorkerSettings
  private let note: (String) -> Void
  private var workers: [WorkerProcess] = []
  private var heard: Set<String> = []

  /// Makes a crew; workers are started when there is something to do.
  ///
  /// - Parameters:
  ///   - jobs: how many.
  ///   - program: the path of `qhost`.
  ///   - settings: what each is told first.
  ///   - note: is called with messages of plugins, with each text once.
  public init(
    jobs: Int, program: String, settings: WorkerSettings, note: @escaping (String) -> Void
  ) {
    self.jobs = jobs
    self.program = program
    self.settings = settings
    self.note = note
  }

  deinit { for worker in workers { worker.stop() } }

  /// Has requests done until there are no more.
  ///
  /// - Parameters:
  ///   - next: the next request for a worker, after the one that it has had last; `nil`: there is none.
  ///   - tick: is called about ten times a second with what the workers are doing.
  ///   - finished: is called with each request and how it ended.
  /// - Throws: what `finished` throws, and when workers cannot be started.
  func perform(
    next: (CellRequest?) -> CellRequest?, tick: ([Activity]) -> Void,
    finished: (CellRequest, Outcome) throws(RunError) -> Void
  ) throws(RunError) {
    var again: [CellRequest] = []
    var attempts: [Int: Int] = [:]
    var lastTick: UInt64 = 0
    while true {
      try assign { again.popLast() ?? next($0) }
      guard workers.contains(where: { $0.request != nil }) else { return }
      wait()
      for lost in try losses(finished) {
        attempts[lost.request.cell.number, default: 0] += 1
        if lost.ending.mayPass, attempts[lost.request.cell.number, default: 0] < Self.attempts {
          again.append(lost.request)
        } else {
          try finished(
            lost.request, .failed(kind: lost.ending.kind, message: lost.ending.message))
        }
      }
      let now = Clock.nanoseconds()
      guard now - lastTick >= UInt64(Self.tickMilliseconds) * 1_000_000 else { continue }
      lastTick = now
      tick(workers.compactMap(Self.activity(of:)))
    }
  }

  /// What workers were doing that have ended, or had to be.
  private func losses(
    _ finished: (CellRequest, Outcome) throws(RunError) -> Void
  ) throws(RunError) -> [Loss] {
    var losses: [Loss] = []
    for worker in try readable() {
      if let lost = try serve(worker, finished) { losses.append(lost) }
    }
    for worker in workers where worker.isStopped(forSeconds: settings.callTimeout) {
      let lost = end(
        worker,
        "its worker process stood still for \(Int(settings.callTimeout.rounded(.up))) s, stopped by a signal; "
          + "a component may have done that: leave it out")
      if let lost { losses.append(lost) }
    }
    return losses
  }

  /// Ends a worker that cannot continue, and says what it was doing.
  private func end(_ worker: WorkerProcess, _ message: String) -> Loss? {
    remove(worker)
    worker.stop()
    return worker.request.map {
      ($0, WorkerProcess.Ending(mayPass: false, kind: "worker", message: message))
    }
  }

  private func assign(_ next: (CellRequest?) -> CellRequest?) throws(RunError) {
    for worker in workers where worker.request == nil {
      guard let request = next(worker.lastRequest) else { return }
      try worker.begin(request)
    }
    while workers.count < jobs, let request = next(nil) {
      let worker = try WorkerProcess(program: program, settings: settings)
      workers.append(worker)
      try worker.begin(request)
    }
  }

  private var pollers: [pollfd] = []

  /// Waits until a worker has something to say, or for a moment.
  private func wait() {
    pollers = workers.flatMap { worker in
      [worker.replyDescriptor, worker.errorDescriptor].map {
        pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
      }
    }
    if poll(&pollers, nfds_t(pollers.count), Self.tickMilliseconds) <= 0 {
      for place in pollers.indices { pollers[place].revents = 0 }
    }
  }

  /// The workers that have replied; what others have written for people is taken.
  private func readable() throws(RunError) -> [WorkerProcess] {
    var found: [WorkerProcess] = []
    for (place, worker) in workers.enumerated() {
      if pollers[2 * place].revents != 0 {
        found.append(worker)
      } else if pollers[2 * place + 1].revents != 0 {
        _ = try worker.readErrors(hear)
      }
    }
    return found
  }

  private typealias Loss = (request: CellRequest, ending: WorkerProcess.Ending)

  /// Takes a worker's replies.
  ///
  /// - Returns: what it was doing, when it has died.
  private func serve(
    _ worker: WorkerProcess, _ finished: (CellRequest, Outcome) throws(RunError) -> Void
  ) throws(RunError) -> Loss? {
    var mustRestart = false
    let isOpen = try worker.readReplies { (reply) throws(RunError) in
      guard let request = worker.request else { return }
      worker.request = nil
      guard case .refused(let refusal) = reply else {
        try finished(request, .done(reply))
        return
      }
      let kind = RunError.Kind(rawValue: refusal.kind) ?? .plugin
      // A plugin that has failed may fail again because of it.
      mustRestart = kind == .plugin
      try finished(request, .failed(kind: Self.name(of: kind), message: refusal.message))
    }
    if worker.isConfused {
      return end(
        worker,
        "something wrote an invalid message into the pipe of its worker process; a component may have done that: "
          + "leave it out")
    }
    if mustRestart, isOpen {
      remove(worker)
      worker.stop()
    }
    guard !isOpen else { return nil }
    remove(worker)
    let ending = try worker.ending(hear)
    guard worker.isReady else {
      throw RunError(.plugin, "a worker process ended before it was ready: \(ending.message)")
    }
    return worker.request.map { ($0, ending) }
  }

  private func remove(_ worker: WorkerProcess) { workers.removeAll { $0 === worker } }

  private func hear(_ text: String) {
    if heard.insert(text).inserted { note(text) }
  }

  private static func activity(of worker: WorkerProcess) -> Activity? {
    worker.request.map {
      Activity(
        number: $0.cell.number, labels: $0.cell.labels, seed: $0.cell.specification.seed,
        seconds: Double(Clock.nanoseconds() - worker.startedAt) * 1e-9, progress: worker.progress)
    }
  }

  private static func name(of kind: RunError.Kind) -> String {
    switch kind {
    case .usage: "usage"
    case .data: "data"
    default: "plugin"
    }
  }
}

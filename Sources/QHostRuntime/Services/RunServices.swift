public import Logging
public import QHostInterfaces
internal import QHostRandomness
internal import Synchronization

/// What the host does for one component of a run.
public final class RunServices: HostServices {
  /// What all components of a run have in common.
  public struct Common: Sendable {
    /// The run's seed.
    public var seed: UInt64
    /// The threads.
    public var pool: WorkerPool
    /// Whether the user asked to stop.
    public var cancellation: Cancellation
    /// Where data is looked for.
    public var dataFolders: DataFolders
    /// Where messages go.
    public var logger: Logger
    /// Shows how far a preparation has come.
    public var showProgress: @Sendable (Double, String) -> Void

    /// Makes the common part.
    public init(
      seed: UInt64, pool: WorkerPool, cancellation: Cancellation, dataFolders: DataFolders,
      logger: Logger, showProgress: @escaping @Sendable (Double, String) -> Void = { _, _ in }
    ) {
      self.seed = seed
      self.pool = pool
      self.cancellation = cancellation
      self.dataFolders = dataFolders
      self.logger = logger
      self.showProgress = showProgress
    }
  }

  private let common: Common
  private let place: String
  private let key: UInt64
  private let drawn = Atomic<Bool>(false)

  /// Whether the component has drawn random numbers.
  package var hasDrawn: Bool { drawn.load(ordering: .relaxed) }

  /// Makes the services of the component at a place of the run, for example `optimizer.solver`.
  public init(_ common: Common, place: String) {
    self.common = common
    self.place = place
    key = Philox.key(seed: common.seed, component: place)
  }

  /// The threads that ``parallelFor(_:_:)`` uses.
  public var threadCount: Int { common.pool.threadCount }
  /// Whether the user asked to stop.
  public var isCancelled: Bool { common.cancellation.isRequested }
  /// Nanoseconds of a steady clock.
  public var nanoseconds: UInt64 { Clock.nanoseconds() }

  /// Shows a message to the user.
  public func log(_ level: LogLevel, _ message: String) {
    let levels: [Logger.Level] = [.debug, .info, .warning, .error]
    common.logger.log(level: levels[Int(level.rawValue)], "\(place): \(message)")
  }

  /// Shows how far a long preparation has come.
  public func progress(_ fraction: Double, _ message: String) {
    common.showProgress(fraction, message)
  }

  /// Fills `out` with uniformly random words.
  public func fillBits(step: UInt64, index: UInt64, _ out: UnsafeMutableBufferPointer<UInt64>) {
    noteDrawing()
    RandomFill.bits(key: key, step: step, index: index, out)
  }

  /// Fills `out` with values uniform over [0, 1).
  public func fillUniform(step: UInt64, index: UInt64, _ out: UnsafeMutableBufferPointer<Double>) {
    noteDrawing()
    RandomFill.uniform(key: key, step: step, index: index, out)
  }

  /// Fills `out` with values of mean 0 and deviation 1.
  public func fillNormal(step: UInt64, index: UInt64, _ out: UnsafeMutableBufferPointer<Double>) {
    noteDrawing()
    RandomFill.normal(key: key, step: step, index: index, out)
  }

  /// Reads before it writes: threads that draw at once share the line of the cache.
  @inline(__always)
  private func noteDrawing() {
    if !hasDrawn { drawn.store(true, ordering: .relaxed) }
  }

  /// Calls `body(i)` once for each i < count, on several threads, and waits.
  public func parallelFor(_ count: Int, _ body: @Sendable (Int) -> Void) {
    common.pool.parallelFor(count, body)
  }

  /// The absolute path of a data file.
  public func locateData(_ relativePath: String) throws(ComponentError) -> String {
    try common.dataFolders.locate(relativePath)
  }
}

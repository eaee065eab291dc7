/// How urgent a message to the user is.
public enum LogLevel: UInt32, Sendable {
  /// For the plugin's author.
  case debug = 0
  /// For whoever wants to know.
  case info
  /// Something is not as it should be; the run continues.
  case warning
  /// Something failed.
  case error
}

/// What the host does for a component.
///
/// Every function may be called from any thread.
public protocol HostServices: AnyObject, Sendable {
  /// The threads that ``parallelFor(_:_:)`` uses.
  var threadCount: Int { get }
  /// Whether the user asked to stop.
  var isCancelled: Bool { get }
  /// Nanoseconds of a steady clock whose zero has no meaning.
  var nanoseconds: UInt64 { get }

  /// Shows a message to the user.
  ///
  /// - Parameters:
  ///   - level: how urgent it is.
  ///   - message: one sentence.
  func log(_ level: LogLevel, _ message: String)

  /// Shows the progress of a long preparation.
  ///
  /// - Parameters:
  ///   - fraction: what is done, 0 to 1.
  ///   - message: what is being done, in a few words.
  func progress(_ fraction: Double, _ message: String)

  /// Fills `out` with uniformly random words of stream (step, index), `index` < 2³².
  ///
  /// The value at position i depends on the run's seed, the component's place in the run, step,
  /// index and i alone (Philox4x32-10; Salmon et al., SC'11).
  func fillBits(step: UInt64, index: UInt64, _ out: UnsafeMutableBufferPointer<UInt64>)

  /// Fills `out` with values uniform over [0, 1); see ``fillBits(step:index:_:)``.
  func fillUniform(step: UInt64, index: UInt64, _ out: UnsafeMutableBufferPointer<Double>)

  /// Fills `out` with values of mean 0 and deviation 1; see ``fillBits(step:index:_:)``.
  func fillNormal(step: UInt64, index: UInt64, _ out: UnsafeMutableBufferPointer<Double>)

  /// Calls `body(i)` once for each i < count, on up to ``threadCount`` threads, and waits.
  func parallelFor(_ count: Int, _ body: @Sendable (Int) -> Void)

  /// The absolute path of a data file, looked for in the user's data folders.
  ///
  /// - Throws: an error of kind `data` that lists the folders, when there is no such file.
  func locateData(_ relativePath: String) throws(ComponentError) -> String
}

extension HostServices {
  /// Values uniform over [0, 1); see ``fillBits(step:index:_:)``.
  ///
  /// - Parameters:
  ///   - step: of the stream.
  ///   - index: of the stream, below 2³².
  ///   - count: 0 or more.
  /// - Returns: [count].
  public func uniforms(step: UInt64, index: UInt64, count: Int) -> [Double] {
    [Double](unsafeUninitializedCapacity: count) { buffer, initialized in
      fillUniform(step: step, index: index, UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
      initialized = count
    }
  }

  /// Values of mean 0 and deviation 1; see ``fillBits(step:index:_:)``.
  ///
  /// - Parameters:
  ///   - step: of the stream.
  ///   - index: of the stream, below 2³².
  ///   - count: 0 or more.
  /// - Returns: [count].
  public func normals(step: UInt64, index: UInt64, count: Int) -> [Double] {
    [Double](unsafeUninitializedCapacity: count) { buffer, initialized in
      fillNormal(step: step, index: index, UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
      initialized = count
    }
  }
}

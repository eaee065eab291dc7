internal import CQHost
public import QHostInterfaces

extension ForeignHost {
  /// The trained parameters [n] that the user names for a dependency, while a component is made.
  ///
  /// - Parameter dependency: counts the component's dependencies.
  /// - Returns: `nil` where none are named, or the host has no inner models.
  /// - Throws: what the host answers.
  public func trainedParameters(of dependency: Int) throws(ComponentError) -> [Double]? {
    guard let initial = inner?.initial else { return nil }
    let error = ErrorBuffer()
    var parameters: UnsafePointer<Double>?
    var count: UInt64 = 0
    let status = initial(pointer, UInt32(dependency), &parameters, &count, error.pointer)
    try error.check(status, culprit: "the host", function: "initial")
    return parameters.map { Array(UnsafeBufferPointer(start: $0, count: Int(count))) }
  }

  /// Training rows to calibrate with, while a component is made.
  ///
  /// - Throws: severity `unsupported` for a component that is not made for data.
  public func calibration() throws(ComponentError) -> Calibration {
    guard let calibration = inner?.calibration else {
      throw .unsupported("this host gives no rows to calibrate with; install a newer qhost")
    }
    let error = ErrorBuffer()
    var rows: UnsafePointer<qhost_calibration>?
    var inputCount: UInt64 = 0
    let status = calibration(pointer, &rows, &inputCount, error.pointer)
    try error.check(status, culprit: "the host", function: "calibration")
    return try Calibration(reading: rows, inputCount: Int(inputCount))
  }

  /// The table of a capability that a model among the dependencies has, while a component is made.
  ///
  /// - Parameters:
  ///   - id: of the capability.
  ///   - dependency: counts the component's dependencies.
  /// - Returns: `nil` where it has none.
  public func capability(_ id: String, of dependency: Int) -> UnsafeRawPointer? {
    inner?.capability.flatMap { $0(pointer, UInt32(dependency), id) }
  }

  private var inner: qhost_host_inner? {
    capability(QHOST_DRAFT_INNER).flatMap {
      qhost_host_inner.reading($0.assumingMemoryBound(to: qhost_host_inner.self))
    }
  }
}

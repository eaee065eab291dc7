public import CQHost
public import QHostInterfaces

extension Shape {
  /// Reads a shape.
  ///
  /// - Throws: when it is missing or an extent is out of range; `role` names it in the message.
  public init(
    reading pointer: UnsafePointer<qhost_shape>?, role: String
  ) throws(ComponentError) {
    guard let pointer, let raw = qhost_shape.reading(pointer), raw.rank == 0 || raw.extents != nil
    else { throw ComponentError("\(role) has no shape; report it to the plugin's author") }
    var extents: [Int] = []
    var count = 1
    guard raw.rank <= 64 else {
      throw ComponentError(
        "\(role) has \(raw.rank) extents, and 64 are the most; report it to the plugin's author")
    }
    for index in 0..<Int(raw.rank) {
      guard let extent = raw.extents.flatMap({ Int(exactly: $0[index]) }), extent < 1 << 40 else {
        throw ComponentError("\(role) has an extent out of range; report it to the plugin's author")
      }
      let (product, isTooLarge) = count.multipliedReportingOverflow(by: extent)
      guard !isTooLarge, product < 1 << 48 else {
        throw ComponentError("\(role) has too many elements; report it to the plugin's author")
      }
      count = product
      extents.append(extent)
    }
    self.init(extents)
  }

  /// The shape as a C struct in an arena.
  public func stored(in arena: Arena) -> UnsafePointer<qhost_shape> {
    var raw = qhost_shape.sized()
    raw.rank = UInt32(extents.count)
    raw.extents = UnsafePointer(arena.array(extents.map(UInt64.init)))
    return UnsafePointer(arena.value(raw))
  }
}

/// Reads `count` numbers, or none when there is no pointer.
func realArray(_ pointer: UnsafePointer<Double>?, _ count: Int) -> [Double] {
  pointer.map { Array(UnsafeBufferPointer(start: $0, count: count)) } ?? []
}

/// Reads `count` kinds of parameters, or none when there is no pointer.
func kindArray(
  _ pointer: UnsafePointer<UInt32>?, _ count: Int, _ culprit: String, of what: String = "output"
) throws(ComponentError) -> [ParameterKind] {
  guard let pointer else { return [] }
  var kinds: [ParameterKind] = []
  for index in 0..<count {
    guard let kind = ParameterKind(rawValue: pointer[index]) else {
      throw ComponentError(
        "\(culprit) says that \(what) \(index) is of the unknown kind \(pointer[index]); "
          + "use one of QHOST_PARAMETER_...")
    }
    kinds.append(kind)
  }
  return kinds
}

/// Reads `count` texts, or none when there is no pointer.
func textArray(_ pointer: UnsafePointer<UnsafePointer<CChar>?>?, _ count: Int) -> [String] {
  guard let pointer else { return [] }
  return (0..<count).map { pointer[$0].map { String(cString: $0) } ?? "" }
}

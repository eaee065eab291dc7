/// 32-bit reals [N × F] in memory: as they are, or, where few different ones occur, as their places in a list of these.
///
/// Images of bytes take a quarter of the memory, pooled ones half of it. What is read is what was written, to the bit.
final class PackedReals: @unchecked Sendable {
  private enum Form {
    case reals(UnsafeMutableBufferPointer<Float>)
    case bytes(UnsafeMutableBufferPointer<UInt8>)
    case words(UnsafeMutableBufferPointer<UInt16>)
  }

  /// F, the reals of a row.
  let width: Int
  private let rowCount: Int
  private var form: Form
  private let list: ValueList
  /// Numbers that were appended.
  private var filled = 0

  /// Makes room; `nil` when there is none.
  ///
  /// - Parameters:
  ///   - rowCount: N.
  ///   - width: F.
  ///   - packs: whether numbers are packed as far as that is possible, and come by ``append(_:)``.
  init?(_ rowCount: Int, width: Int, packs: Bool) {
    guard let list = ValueList() else { return nil }
    (self.rowCount, self.width, self.list) = (rowCount, width, list)
    if packs {
      guard let bytes = LargeMemory.zeros(rowCount, width, of: UInt8.self) else { return nil }
      form = .bytes(bytes)
    } else {
      guard let reals = LargeMemory.zeros(rowCount, width, of: Float.self) else { return nil }
      form = .reals(reals)
    }
  }

  deinit { free(form) }

  private func free(_ form: Form) {
    switch form {
    case .reals(let memory): memory.deallocate()
    case .bytes(let memory): memory.deallocate()
    case .words(let memory): memory.deallocate()
    }
  }

  /// Whether they are places in a list.
  var isPacked: Bool { if case .reals = form { false } else { true } }

  /// Takes the next numbers, of whole rows.
  ///
  /// - Returns: false when there is no memory for them.
  func append(_ numbers: UnsafeBufferPointer<Float>) -> Bool {
    precondition(filled + numbers.count <= rowCount * width, "more numbers than there is room for")
    let range = filled..<filled + numbers.count
    defer { filled = range.upperBound }
    if case .bytes(let bytes) = form {
      if list.places(of: numbers, into: UnsafeMutableBufferPointer(rebasing: bytes[range])) {
        return true
      }
      guard widen() else { return false }
    }
    if case .words(let words) = form {
      if list.places(of: numbers, into: UnsafeMutableBufferPointer(rebasing: words[range])) {
        return true
      }
      guard unpack() else { return false }
    }
    if case .reals(let reals) = form {
      _ = UnsafeMutableBufferPointer(rebasing: reals[range]).update(fromContentsOf: numbers)
    }
    return true
  }

  /// Makes room for places of 16 bits; false when there is no memory for them.
  private func widen() -> Bool {
    guard case .bytes(let bytes) = form else { return true }
    guard let words = LargeMemory.zeros(rowCount, width, of: UInt16.self) else { return false }
    for index in 0..<filled { words[index] = UInt16(bytes[index]) }
    bytes.deallocate()
    form = .words(words)
    return true
  }

  /// Keeps the numbers as they are from now on; false when there is no memory for that.
  private func unpack() -> Bool {
    guard let reals = LargeMemory.zeros(rowCount, width, of: Float.self) else { return false }
    write(0..<filled, into: UnsafeMutableBufferPointer(rebasing: reals[..<filled]))
    free(form)
    form = .reals(reals)
    return true
  }

  /// The numbers themselves, which may be changed; `nil` when they are packed.
  var reals: UnsafeMutableBufferPointer<Float>? {
    if case .reals(let reals) = form { reals } else { nil }
  }

  /// The number at a place.
  subscript(place: Int) -> Float {
    switch form {
    case .reals(let reals): reals[place]
    case .bytes(let bytes): list.values[Int(bytes[place])]
    case .words(let words): list.values[Int(words[place])]
    }
  }

  /// Writes the numbers of a range of places.
  func write(_ range: Range<Int>, into out: UnsafeMutableBufferPointer<Float>) {
    precondition(
      out.count >= range.count && range.upperBound <= rowCount * width, "no such numbers")
    switch form {
    case .reals(let reals):
      _ = out.update(fromContentsOf: UnsafeMutableBufferPointer(rebasing: reals[range]))
    case .bytes(let bytes): read(bytes, range, into: out)
    case .words(let words): read(words, range, into: out)
    }
  }

  @inline(__always)
  private func read<Place: FixedWidthInteger>(
    _ places: UnsafeMutableBufferPointer<Place>, _ range: Range<Int>,
    into out: UnsafeMutableBufferPointer<Float>
  ) {
    let (values, start) = (list.values, range.lowerBound)
    for index in 0..<range.count { out[index] = values[Int(places[start + index])] }
  }

  /// Writes rows [B] column by column, [F × B].
  func gather(_ rows: ArraySlice<Int>, into out: UnsafeMutableBufferPointer<Float>) {
    switch form {
    case .reals(let reals):
      GatherKernel.gather(
        source: UnsafeBufferPointer(reals), width: width, rows: rows, out: out)
    case .bytes(let bytes):
      GatherKernel.gather(
        UnsafeBufferPointer(bytes), of: list.values, width: width, rows: rows, out: out)
    case .words(let words):
      GatherKernel.gather(
        UnsafeBufferPointer(words), of: list.values, width: width, rows: rows, out: out)
    }
  }

  /// The place of the first number that is not finite; `nil`: all are.
  var firstNotFinite: Int? {
    switch form {
    case .reals(let reals): return Self.firstNotFinite(reals)
    case .bytes(let bytes):
      guard let place = list.values.firstIndex(where: { !$0.isFinite }) else { return nil }
      return bytes.firstIndex(of: UInt8(place))
    case .words(let words):
      guard let place = list.values.firstIndex(where: { !$0.isFinite }) else { return nil }
      return words.firstIndex(of: UInt16(place))
    }
  }

  /// Most tables have none, which blocks tell without looking at each number by itself.
  private static func firstNotFinite(_ numbers: UnsafeMutableBufferPointer<Float>) -> Int? {
    for start in stride(from: 0, to: numbers.count, by: 4096) {
      let block = start..<min(start + 4096, numbers.count)
      var isOdd = false
      for place in block {
        let exponent = numbers[place].bitPattern & 0x7F80_0000
        isOdd = exponent == 0x7F80_0000 ? true : isOdd
      }
      if isOdd { return block.first { !numbers[$0].isFinite } }
    }
    return nil
  }
}

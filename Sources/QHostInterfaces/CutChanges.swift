/// The outputs of those rows that change, for each of K offsets of a cut.
///
/// Borrowed memory. S ≥ B is a multiple of 16. Offset k has its rows, in ascending order, at
/// rows + k·S, and its outputs at outputs + k·C·S, those of unit c at + c·T with T =
/// ``stride(of:)``; numbers beyond its row count are not looked at.
public struct CutChanges {
  /// S, the rows that there is room for at each offset.
  public let stride: Int
  /// How many rows change, [K].
  public let rowCounts: UnsafeMutablePointer<UInt64>
  /// Which, [K × S].
  public let rows: UnsafeMutablePointer<UInt32>
  /// Their outputs, [K × C × S].
  public let outputs: UnsafeMutablePointer<Float>
  /// Out: multiply-adds that were done, over all rows and offsets.
  public var multiplyAdds = 0
  /// Out: the work that was done, in units of ``PassWork``; 0: ``multiplyAdds``.
  public var work = 0.0

  /// Borrows memory.
  public init(
    stride: Int, rowCounts: UnsafeMutablePointer<UInt64>, rows: UnsafeMutablePointer<UInt32>,
    outputs: UnsafeMutablePointer<Float>
  ) {
    self.stride = stride
    self.rowCounts = rowCounts
    self.rows = rows
    self.outputs = outputs
  }

  /// The work that was done.
  public var countedWork: Double { work > 0 ? work : Double(multiplyAdds) }

  /// T, from unit to unit of the outputs of an offset.
  public func stride(of offset: Int) -> Int { (Int(rowCounts[offset]) + 15) & ~15 }
}

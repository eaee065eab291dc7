internal import QHostInterfaces

extension CutChanges {
  /// Changed rows of all offsets together, each offset's rounded up to whole lines.
  func total(_ offsetCount: Int, inLinesOf size: Int = 1) -> Int {
    var total = 0
    for offset in 0..<offsetCount { total += (Int(rowCounts[offset]) + size - 1) / size * size }
    return total
  }
}

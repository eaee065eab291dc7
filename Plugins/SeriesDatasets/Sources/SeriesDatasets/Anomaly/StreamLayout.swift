/// Where series lie in a stream of all of them.
struct StreamLayout: Sendable {
  /// Rows of each series.
  let counts: [Int]
  /// The first row of each, and the end.
  private let starts: [Int]

  /// Puts them one after the other.
  init(_ counts: [Int]) {
    self.counts = counts
    var starts = [0]
    for count in counts { starts.append(starts[starts.count - 1] + count) }
    self.starts = starts
  }

  /// Rows of all.
  var rowCount: Int { starts[starts.count - 1] }

  /// The series of a row, and its place there.
  func place(of row: Int) -> (series: Int, time: Int) {
    var (low, high) = (0, counts.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if starts[middle] <= row { low = middle } else { high = middle - 1 }
    }
    return (low, row - starts[low])
  }

  /// The places in `rows`, the beginning of the stream, of the rows of each series; empty for one that is not there.
  func parts(of rows: [Int]) -> [Range<Int>] {
    counts.indices.map { index in
      min(starts[index], rows.count)..<min(starts[index + 1], rows.count)
    }
  }
}

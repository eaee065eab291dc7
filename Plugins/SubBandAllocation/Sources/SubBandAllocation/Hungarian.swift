/// The assignment of rows to different columns with the largest sum.
///
/// Shortest augmenting paths with potentials, O(rows² · columns). Sources: H. W. Kuhn, Naval Research Logistics Quarterly 2 (1955) 83;
/// R. Jonker, A. Volgenant, Computing 38 (1987) 325.
package enum Hungarian {
  /// The column of each row.
  ///
  /// - Parameters:
  ///   - values: [rows × columns], finite.
  ///   - columnCount: at least as many as rows.
  /// - Returns: [rows], all different.
  package static func assignment(_ values: [Double], columnCount: Int) -> [Int] {
    let rowCount = values.count / max(1, columnCount)
    precondition(rowCount <= columnCount, "\(rowCount) rows for \(columnCount) columns")
    // Row and column 0 stand for none.
    var rowPotential = Array(repeating: 0.0, count: rowCount + 1)
    var columnPotential = Array(repeating: 0.0, count: columnCount + 1)
    var rowOf = Array(repeating: 0, count: columnCount + 1)
    var previous = Array(repeating: 0, count: columnCount + 1)
    for row in 1...max(1, rowCount) where row <= rowCount {
      rowOf[0] = row
      var column = 0
      var least = Array(repeating: Double.infinity, count: columnCount + 1)
      var isDone = Array(repeating: false, count: columnCount + 1)
      repeat {
        isDone[column] = true
        let current = rowOf[column]
        var (delta, next) = (Double.infinity, 0)
        for other in 1...columnCount where !isDone[other] {
          let cost =
            -values[(current - 1) * columnCount + other - 1] - rowPotential[current]
            - columnPotential[other]
          if cost < least[other] { (least[other], previous[other]) = (cost, column) }
          if least[other] < delta { (delta, next) = (least[other], other) }
        }
        for other in 0...columnCount {
          if isDone[other] {
            rowPotential[rowOf[other]] += delta
            columnPotential[other] -= delta
          } else {
            least[other] -= delta
          }
        }
        column = next
      } while rowOf[column] != 0
      while column != 0 {
        rowOf[column] = rowOf[previous[column]]
        column = previous[column]
      }
    }
    var columns = Array(repeating: 0, count: rowCount)
    for column in 1...columnCount where rowOf[column] > 0 {
      columns[rowOf[column] - 1] = column - 1
    }
    return columns
  }
}

public import QHostInterfaces

/// Values of a function f(x, y) at all pairs of samples of x and of y.
public struct FunctionTable: Sendable {
  /// f(xᵢ, yⱼ) at [i × columns + j].
  public let values: [Double]
  /// Samples of x.
  public let rows: Int
  /// Samples of y.
  public let columns: Int
  /// Whether f less its mean is meant.
  ///
  /// The mean is a product of its own, which drowns the others where it is large.
  public let removesMean: Bool

  /// Makes a table.
  ///
  /// - Parameters:
  ///   - values: [rows × columns].
  ///   - rows: at least 1.
  ///   - columns: at least 1.
  ///   - removesMean: whether f less its mean is meant.
  public init(values: [Double], rows: Int, columns: Int, removesMean: Bool = true) {
    precondition(rows > 0 && columns > 0 && values.count == rows * columns, "a table is full")
    self.values = values
    self.rows = rows
    self.columns = columns
    self.removesMean = removesMean
  }

  /// The Schmidt spectrum over the samples.
  ///
  /// - Throws: kind `data` for a constant function or values that are not finite; `unsupported` without OpenBLAS.
  public func spectrum() throws(ComponentError) -> SchmidtSpectrum {
    var matrix = values
    if removesMean {
      // What rounding leaves of a constant is not a function.
      guard values.contains(where: { $0 != values[0] }) else { throw .constant }
      let mean = matrix.reduce(0, +) / Double(matrix.count)
      for place in matrix.indices { matrix[place] -= mean }
    }
    return try SchmidtSpectrum(
      singularValues: try LAPACK.singularValues(of: matrix, rows: rows, columns: columns))
  }

  /// The spectrum of a resample: samples that are drawn several times count as often.
  ///
  /// Only the samples that were drawn are worked on, times the root of how often: that has the same singular values as a
  /// table that repeats them, and about a quarter of the work.
  ///
  /// - Parameters:
  ///   - rowCounts: how often each sample of x was drawn, [rows].
  ///   - columnCounts: the same for y, [columns].
  /// - Returns: the spectrum.
  /// - Throws: as ``spectrum()``.
  public func spectrum(
    rowCounts: [Int], columnCounts: [Int]
  ) throws(ComponentError) -> SchmidtSpectrum {
    let kept = rowCounts.indices.filter { rowCounts[$0] > 0 }
    let keptColumns = columnCounts.indices.filter { columnCounts[$0] > 0 }
    var mean = 0.0
    if removesMean {
      var weight = 0.0
      for i in kept {
        for j in keptColumns {
          let w = Double(rowCounts[i] * columnCounts[j])
          mean += w * values[i * columns + j]
          weight += w
        }
      }
      mean /= max(weight, 1)
    }
    var matrix: [Double] = []
    matrix.reserveCapacity(kept.count * keptColumns.count)
    let roots = keptColumns.map { Double(columnCounts[$0]).squareRoot() }
    for i in kept {
      let root = Double(rowCounts[i]).squareRoot()
      for (place, j) in keptColumns.enumerated() {
        matrix.append(root * roots[place] * (values[i * columns + j] - mean))
      }
    }
    return try SchmidtSpectrum(
      singularValues: try LAPACK.singularValues(
        of: matrix, rows: kept.count, columns: keptColumns.count))
  }
}

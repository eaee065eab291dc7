import QHostInterfaces

/// A diagonal C: the distribution's axes are the coordinates, and all costs grow with n alone.
///
/// Source: Ros, Hansen, *A simple modification in CMA-ES achieving linear time and space complexity*,
/// PPSN 2008.
final class DiagonalCovariance: CovarianceModel {
  private var variances: [Double]
  private var roots: [Double]

  init(dimension: Int) {
    variances = Array(repeating: 1, count: dimension)
    roots = variances
  }

  func transform(_ z: [Double], stride: Int, into y: inout [Double]) {
    z.withUnsafeBufferPointer { z in
      y.withUnsafeMutableBufferPointer { y in
        for i in roots.indices {
          let root = roots[i]
          for j in i * stride..<(i + 1) * stride { y[j] = root * z[j] }
        }
      }
    }
  }

  func whiten(_ mean: [Double], into result: inout [Double]) { result = mean }

  func update(decay: Double, path: [Double], rate: Double, y: [Double], weights: [Double]) {
    let stride = weights.count
    variances.withUnsafeMutableBufferPointer { variances in
      y.withUnsafeBufferPointer { y in
        weights.withUnsafeBufferPointer { weights in
          for i in variances.indices {
            var sum = rate * path[i] * path[i]
            for j in 0..<stride { sum += weights[j] * (y[i * stride + j] * y[i * stride + j]) }
            variances[i] = decay * variances[i] + sum
          }
        }
      }
    }
  }

  func refresh() -> Bool {
    var (least, largest) = (Double.infinity, 0.0)
    for i in variances.indices {
      least = min(least, variances[i])
      largest = max(largest, variances[i])
      roots[i] = max(variances[i], 0).squareRoot()
    }
    return least > 0 && largest.isFinite && largest <= Self.largestCondition * least
  }

  func deviation(_ index: Int) -> Double { roots[index] }

  func reset() {
    for i in variances.indices { (variances[i], roots[i]) = (1, 1) }
  }

  func save(_ writer: inout StateWriter) {
    writer.write(variances)
    writer.write(roots)
  }

  func load(_ reader: inout StateReader) throws(ComponentError) {
    variances = try reader.readReals(count: variances.count)
    roots = try reader.readReals(count: roots.count)
  }
}

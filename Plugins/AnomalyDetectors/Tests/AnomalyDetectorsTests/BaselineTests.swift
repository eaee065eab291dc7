import AnomalyDetectors
import Foundation
import QHostInterfaces
import QHostTesting
import Testing

@Suite("Baselines of anomaly detection")
struct BaselineTests {
  /// A wave and its values as they are bound.
  private static let values = DetectorTests.wave(300, spike: 250)
  private static let x = values.map(Double.init)

  @Test("The windowed Gaussian is the distance from the mean of a window that moves in steps")
  func gaussian() throws {
    let model = try DetectorTests.model(
      "windowed-gaussian", seed: 1, ["window": .integer(50), "step": .integer(7)])
    let scores = try DetectorTests.scores(model, Self.values)
    for time in Self.x.indices.dropFirst(2) {
      let first = time < 50 ? 0 : (time - 50) / 7 * 7
      let window = Self.x[first..<min(time, first + 50)]
      let mean = window.reduce(0, +) / Double(window.count)
      let variance = window.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(window.count)
      let score = abs(Self.x[time] - mean) / variance.squareRoot()
      #expect(abs(Double(scores[time]) - score) < 1e-5 * max(score, 1))
    }
  }

  @Test("A step larger than the window is refused with both")
  func step() {
    #expect {
      try DetectorTests.model("windowed-gaussian", seed: 1, ["window": .integer(50)])
    } throws: {
      "\($0)".contains("step 100 is larger than window 50")
    }
  }

  @Test("The line is that of least squares, its error in deviations of errors of late")
  func line() throws {
    let model = try DetectorTests.model(
      "poly", seed: 1, ["window": .integer(12), "memory": .real(0.9)])
    let scores = try DetectorTests.scores(model, Self.values)
    var variance = 1e-3
    for time in Self.x.indices.dropFirst(3) {
      let window = Array(Self.x[max(0, time - 12)..<time])
      let n = Double(window.count)
      let (sum, weighted) = (
        window.reduce(0, +), window.enumerated().reduce(0.0) { $0 + Double($1.offset) * $1.element }
      )
      // Normal equations of a + b i for i = 0 ... n − 1.
      let (first, second) = (n * (n - 1) / 2, n * (n - 1) * (2 * n - 1) / 6)
      let slope = (n * weighted - first * sum) / (n * second - first * first)
      let error = Self.x[time] - ((sum - slope * first) / n + slope * n)
      let score = abs(error) / (variance + 1e-4).squareRoot()
      #expect(abs(Double(scores[time]) - score) < 1e-5 * max(score, 1))
      variance = 0.9 * variance + 0.1 * error * error
    }
  }

  @Test("All components together weigh a window by the inverse of the covariance plus ε")
  func components() throws {
    let (width, refit, epsilon) = (3, 40, 0.01)
    let model = try DetectorTests.model(
      "sub-pca", seed: 1,
      ["window": .integer(width), "refit": .integer(refit), "epsilon": .real(epsilon)])
    let scores = try DetectorTests.scores(model, Self.values)
    let windows = (width...Self.x.count).map { Array(Self.x[($0 - width)..<$0]) }
    for (number, window) in windows.enumerated() {
      let fitted = windows[..<(number / refit * refit)]
      guard !fitted.isEmpty else {
        #expect(scores[number + width - 1] == 0)
        continue
      }
      let count = Double(fitted.count)
      let mean = (0..<width).map { i in fitted.reduce(0.0) { $0 + $1[i] } / count }
      var matrix = [[Double]](repeating: [Double](repeating: 0, count: width), count: width)
      for i in 0..<width {
        for j in 0..<width {
          for other in fitted {
            matrix[i][j] += (other[i] - mean[i]) * (other[j] - mean[j]) / count
          }
        }
        matrix[i][i] += epsilon
      }
      let away = zip(window, mean).map { $0 - $1 }
      let score = zip(away, Self.solve(matrix, away)).reduce(0) { $0 + $1.0 * $1.1 }
      let own = Double(scores[number + width - 1])
      #expect(abs(own - score) < 1e-4 * max(score, 1), "window \(number)")
    }
  }

  /// Gauss's elimination; the matrix is positive definite.
  private static func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
    var (a, b) = (matrix, right)
    for pivot in b.indices {
      for row in b.indices where row != pivot {
        let factor = a[row][pivot] / a[pivot][pivot]
        for column in b.indices { a[row][column] -= factor * a[pivot][column] }
        b[row] -= factor * b[pivot]
      }
    }
    return b.indices.map { b[$0] / a[$0][$0] }
  }
}

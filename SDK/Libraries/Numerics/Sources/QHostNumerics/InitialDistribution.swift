public import QHostInterfaces

/// Where a search begins: uniform over the bounds; Gaussian where a bound is missing.
///
/// The Gaussian has the initial point as its mean and the problem's scales as its deviations.
public struct InitialDistribution {
  /// Streams of the host that `RandomStream` leaves alone; components take others for themselves.
  private static let uniformIndex: UInt64 = 1 << 31
  private static let normalIndex: UInt64 = 1 << 31 + 1

  private let problem: Problem
  private let host: any HostServices
  private let isUniform: [Bool]
  private let widths: [Double]
  private let hasUniform: Bool
  private let hasNormal: Bool
  private let isReal: Bool
  private var uniforms: [Double] = []

  /// Makes the distribution of a problem; random numbers are those of `host`.
  public init(problem: Problem, host: any HostServices) {
    self.problem = problem
    self.host = host
    widths = zip(problem.lower, problem.upper).map { $1 - $0 }
    isUniform = widths.map(\.isFinite)
    hasUniform = isUniform.contains(true)
    hasNormal = isUniform.contains(false)
    isReal = problem.kinds.allSatisfy { $0 == .real }
  }

  /// Appends `count` points to `points`; different ones for each `step`.
  public mutating func append(_ count: Int, to points: inout [Double], step: UInt64) {
    let first = points.count
    points.append(contentsOf: repeatElement(0, count: count * problem.dimension))
    points.withUnsafeMutableBufferPointer { points in
      let new = UnsafeMutableBufferPointer(rebasing: points[first...])
      if !hasNormal {
        host.fillUniform(step: step, index: Self.uniformIndex, new)
        isReal ? spread(new) : spreadWhole(new)
      } else {
        host.fillNormal(step: step, index: Self.normalIndex, new)
        if hasUniform { mix(new, step: step) } else { displace(new) }
      }
    }
  }

  /// The value of parameter `index` at place `u` of 0 to 1 between its bounds.
  private func uniformValue(_ u: Double, _ index: Int) -> Double {
    guard problem.kinds[index] != .real else {
      return min(problem.lower[index] + u * widths[index], problem.upper[index])
    }
    let low = problem.lower[index].rounded(.up)
    let high = problem.upper[index].rounded(.down)
    return min(low + (u * (high - low + 1)).rounded(.down), high)
  }

  private func spread(_ points: UnsafeMutableBufferPointer<Double>) {
    let n = problem.dimension
    problem.lower.withUnsafeBufferPointer { lower in
      problem.upper.withUnsafeBufferPointer { upper in
        widths.withUnsafeBufferPointer { widths in
          for row in stride(from: 0, to: points.count, by: n) {
            for i in 0..<n {
              points[row + i] = min(lower[i] + points[row + i] * widths[i], upper[i])
            }
          }
        }
      }
    }
  }

  private func spreadWhole(_ points: UnsafeMutableBufferPointer<Double>) {
    let n = problem.dimension
    for row in stride(from: 0, to: points.count, by: n) {
      for i in 0..<n { points[row + i] = uniformValue(points[row + i], i) }
    }
  }

  private func displace(_ points: UnsafeMutableBufferPointer<Double>) {
    let n = problem.dimension
    for row in stride(from: 0, to: points.count, by: n) {
      for i in 0..<n {
        let value = problem.initial[i] + points[row + i] * problem.scales[i]
        points[row + i] = problem.clamped(value, at: i)
      }
    }
  }

  private mutating func mix(_ points: UnsafeMutableBufferPointer<Double>, step: UInt64) {
    let n = problem.dimension
    if uniforms.count < points.count {
      uniforms = Array(repeating: 0, count: points.count)
    }
    uniforms.withUnsafeMutableBufferPointer {
      host.fillUniform(
        step: step, index: Self.uniformIndex, .init(rebasing: $0[..<points.count]))
    }
    for row in stride(from: 0, to: points.count, by: n) {
      for i in 0..<n {
        let value = problem.initial[i] + points[row + i] * problem.scales[i]
        points[row + i] =
          isUniform[i] ? uniformValue(uniforms[row + i], i) : problem.clamped(value, at: i)
      }
    }
  }
}

public import QHostInterfaces

/// The parameters of a problem that are integers or categories, for methods that search among real numbers.
///
/// Such a method keeps real points and asks about the nearest allowed ones, so that it knows each loss as that of the
/// whole cell about an allowed value.
///
/// Source: Lampinen, Zelinka, *Mixed integer-discrete-continuous optimization by differential evolution*, MENDEL 1999.
public struct WholeParameters {
  /// Their numbers, rising.
  public let indices: [Int]
  private let problem: Problem

  /// Finds those of a problem.
  public init(_ problem: Problem) {
    self.problem = problem
    indices = problem.kinds.indices.filter { problem.kinds[$0] != .real }
  }

  /// Puts points on the nearest allowed values of these parameters.
  ///
  /// - Parameters:
  ///   - points: [k × n]; other parameters keep their values.
  ///   - first: where the points begin.
  public func round(_ points: inout [Double], from first: Int = 0) {
    guard !indices.isEmpty else { return }
    let (n, problem, indices) = (problem.dimension, problem, indices)
    points.withUnsafeMutableBufferPointer { points in
      for row in stride(from: first, to: points.count, by: n) {
        for i in indices { points[row + i] = problem.clamped(points[row + i], at: i) }
      }
    }
  }
}

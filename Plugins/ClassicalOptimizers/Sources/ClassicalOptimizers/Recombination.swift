import QHostInterfaces

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Makes a child of two parents a and b, gene by gene.
///
/// - uniform: aᵢ or bᵢ (Syswerda, ICGA 1989)
/// - blend: uniform over [min − αd, max + αd], d = |aᵢ − bᵢ| (BLX-α; Eshelman, Schaffer, FOGA 1993)
/// - sbx: ½((1 + β)aᵢ + (1 − β)bᵢ), β of density ½(η + 1)β^η, β ≤ 1, or ½(η + 1)β^−(η+2), for every
///   other gene on average, aᵢ for the rest (Deb, Agrawal, Complex Systems 1995)
///
/// A category is always taken from one parent.
struct Recombination {
  private enum Form: String {
    case uniform, blend, sbx
  }

  private static let bitsIndex: UInt64 = 1 << 31 + 3
  private static let uniformIndex: UInt64 = 1 << 31 + 4

  private let problem: Problem
  private let form: Form
  private let alpha: Double
  private let eta: Double
  private let isBounded: Bool
  private let isReal: Bool
  private let wordCount: Int
  private var words: [UInt64] = []
  private var uniforms: [Double] = []

  init(_ configuration: Configuration, problem: Problem) {
    self.problem = problem
    form = Form(rawValue: configuration.choice("crossover")) ?? .uniform
    alpha = configuration.real("blend_alpha")
    eta = configuration.real("sbx_eta")
    isReal = problem.kinds.allSatisfy { $0 == .real }
    isBounded = zip(problem.lower, problem.upper).contains { $0.isFinite || $1.isFinite }
    wordCount = (problem.dimension + 63) / 64
  }

  /// Draws the random numbers of `childCount` children at once.
  mutating func draw(childCount: Int, generation: Int, host: any HostServices) {
    let step = UInt64(generation)
    if form == .uniform {
      if words.isEmpty { words = Array(repeating: 0, count: childCount * wordCount) }
      words.withUnsafeMutableBufferPointer {
        host.fillBits(step: step, index: Self.bitsIndex, $0)
      }
    } else {
      if uniforms.isEmpty {
        uniforms = Array(repeating: 0, count: childCount * problem.dimension)
      }
      uniforms.withUnsafeMutableBufferPointer {
        host.fillUniform(step: step, index: Self.uniformIndex, $0)
      }
    }
  }

  /// Writes child number `index`.
  func recombine(
    _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, index: Int,
    into child: UnsafeMutablePointer<Double>
  ) {
    switch form {
    case .uniform: exchange(a, b, index, child)
    case .blend: blend(a, b, index, child)
    case .sbx: simulateBinary(a, b, index, child)
    }
    if form != .uniform && (isBounded || !isReal) { repair(a, b, index, child) }
  }

  private func exchange(
    _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ index: Int,
    _ child: UnsafeMutablePointer<Double>
  ) {
    let n = problem.dimension
    words.withUnsafeBufferPointer { words in
      for w in 0..<wordCount {
        var word = words[index * wordCount + w]
        for i in w * 64..<min(w * 64 + 64, n) {
          // A mask in place of a branch that no processor can predict.
          let mask = 0 &- (word & 1)
          child[i] = Double(bitPattern: (a[i].bitPattern & mask) | (b[i].bitPattern & ~mask))
          word >>= 1
        }
      }
    }
  }

  private func blend(
    _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ index: Int,
    _ child: UnsafeMutablePointer<Double>
  ) {
    let n = problem.dimension
    let stretch = 1 + 2 * alpha
    uniforms.withUnsafeBufferPointer { uniforms in
      let row = index * n
      for i in 0..<n {
        child[i] = a[i] + (uniforms[row + i] * stretch - alpha) * (b[i] - a[i])
      }
    }
  }

  private func simulateBinary(
    _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ index: Int,
    _ child: UnsafeMutablePointer<Double>
  ) {
    let n = problem.dimension
    let power = 1 / (eta + 1)
    uniforms.withUnsafeBufferPointer { uniforms in
      let row = index * n
      for i in 0..<n {
        let u = 2 * uniforms[row + i]
        guard u >= 1, a[i] != b[i] else {
          child[i] = a[i]
          continue
        }
        let v = u - 1
        let beta = v < 0.5 ? pow(2 * v, power) : pow(2 * (1 - v), -power)
        child[i] = 0.5 * ((1 + beta) * a[i] + (1 - beta) * b[i])
      }
    }
  }

  private func repair(
    _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ index: Int,
    _ child: UnsafeMutablePointer<Double>
  ) {
    let n = problem.dimension
    for i in 0..<n {
      if problem.kinds[i] == .categorical {
        child[i] = uniforms[index * n + i] < 0.5 ? a[i] : b[i]
      } else {
        child[i] = problem.clamped(child[i], at: i)
      }
    }
  }
}

import QHostInterfaces

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Changes genes at random, each with the same small probability.
///
/// - gaussian: x + σsN(0, 1), s the problem's scale (Bäck, *Evolutionary algorithms*, 1996)
/// - polynomial: x + σsδ, δ in (−1, 1) of density ½(η + 1)(1 − |δ|)^η (Deb, Agrawal 1995)
///
/// σ falls geometrically as the budget is spent. Integers change by 1 at least; a category
/// becomes any other one.
struct Mutation {
  private enum Form: String {
    case gaussian, polynomial
  }

  private let problem: Problem
  private let form: Form
  private let scale: Double
  private let finalRatio: Double
  private let eta: Double
  private let moves: CoordinateMoves
  private let logarithmOfMiss: Double

  init(_ configuration: Configuration, problem: Problem) {
    self.problem = problem
    form = Form(rawValue: configuration.choice("mutation")) ?? .gaussian
    scale = configuration.real("mutation_scale")
    finalRatio = configuration.real("mutation_final_ratio")
    eta = configuration.real("mutation_eta")
    moves = CoordinateMoves(problem: problem)
    let asked = configuration.real("mutation_rate")
    // Measured on networks: a single weight of thousands is too little to find the next generation
    // better, while a category drawn again is worse more often than not.
    let least = problem.kinds.allSatisfy { $0 == .real } ? 0.02 : 0
    let rate = asked > 0 ? asked : max(1 / Double(problem.dimension), least)
    logarithmOfMiss = log1p(-rate)
  }

  /// Mutates `genes`, [children × n].
  func mutate(
    _ genes: UnsafeMutableBufferPointer<Double>, progress: Double, random: inout RandomStream
  ) {
    let width = scale * pow(finalRatio, progress)
    let n = problem.dimension
    var place = skip(below: genes.count, &random)
    while place < genes.count {
      let index = place % n
      genes[place] = mutated(genes[place], at: index, width: width, &random)
      place += 1 + skip(below: genes.count, &random)
    }
  }

  /// Genes left alone before the next one: geometric, so that those need no random numbers.
  private func skip(below limit: Int, _ random: inout RandomStream) -> Int {
    logarithmOfMiss == -.infinity
      ? 0 : Int(min(log(random.uniform()) / logarithmOfMiss, Double(limit)))
  }

  private func mutated(
    _ x: Double, at index: Int, width: Double, _ random: inout RandomStream
  ) -> Double {
    moves.moved(
      x, by: width * problem.scales[index] * deviate(&random), at: index, random: &random)
  }

  private func deviate(_ random: inout RandomStream) -> Double {
    switch form {
    case .gaussian: return random.normal()
    case .polynomial:
      let u = random.uniform()
      let power = 1 / (eta + 1)
      return u < 0.5 ? pow(2 * u, power) - 1 : 1 - pow(2 * (1 - u), power)
    }
  }
}

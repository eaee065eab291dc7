public import QHostInterfaces
import QHostNumerics

/// A generational genetic algorithm on real, whole and categorical genes.
///
/// Each generation is one query: the best individuals are kept, the others are children of parents
/// that won tournaments, recombined and mutated.
///
/// Sources: Holland, *Adaptation in natural and artificial systems*, 1975; Goldberg, Deb, *A
/// comparative analysis of selection schemes*, FOGA 1991 (tournaments); De Jong 1975 (elitism);
/// ``Recombination`` and ``Mutation`` name theirs.
///
/// *Deviations*: each mating gives one child. With minibatches each generation is evaluated, its
/// elite again, on the next one: losses are compared within a generation only.
public final class GeneticAlgorithm: OptimizerComponent {
  /// Enough rows to tell which of two losses is lower.
  public static let preferredBatchRows = 1024

  private let problem: Problem
  private let host: any HostServices
  private let individualCount: Int
  private let eliteCount: Int
  private let tournamentSize: Int
  private let crossoverRate: Double
  private let mutation: Mutation
  private var recombination: Recombination
  private var initialDistribution: InitialDistribution

  private var random: RandomStream
  private var population: [Double] = []
  private var losses: [Double] = []
  private var generation = 0
  private var progress = 0.0

  // The generation that is being evaluated; no part of the state.
  private var offspring: [Double]
  private var elite: [Int] = []

  /// Makes an instance whose first generation holds the problem's initial point.
  public init(request: ComponentRequest, problem: Problem) throws(ComponentError) {
    let configuration = request.configuration
    self.problem = problem
    host = request.host
    individualCount = configuration.integer("population")
    eliteCount = configuration.integer("elite")
    tournamentSize = configuration.integer("tournament_size")
    crossoverRate = configuration.real("crossover_rate")
    guard eliteCount < individualCount else {
      throw .parameter(
        "elite = \(eliteCount) leaves no room for children in population = \(individualCount); "
          + "set elite below it")
    }
    guard tournamentSize <= individualCount else {
      throw .parameter(
        "tournament_size = \(tournamentSize) is more than population = \(individualCount); "
          + "set it to that or less")
    }
    mutation = Mutation(configuration, problem: problem)
    recombination = Recombination(configuration, problem: problem)
    initialDistribution = InitialDistribution(problem: problem, host: request.host)
    random = RandomStream(host: request.host)
    offspring = problem.initial
    initialDistribution.append(individualCount - 1, to: &offspring, step: 0)
  }

  /// Fills `query` with what it wants to know next.
  public func ask(_ query: inout Query) throws(ComponentError) {
    guard generation > 0 else { return query.points.append(contentsOf: offspring) }
    breed()
    if problem.hasMinibatches {
      query.batch = .next
      query.points.append(contentsOf: offspring)
    } else {
      query.points.append(contentsOf: offspring[(eliteCount * problem.dimension)...])
    }
  }

  /// Fills ``offspring``: the elite first, then its children.
  private func breed() {
    let n = problem.dimension
    let childCount = individualCount - eliteCount
    rankElite()
    recombination.draw(childCount: childCount, generation: generation, host: host)
    population.withUnsafeBufferPointer { population in
      offspring.withUnsafeMutableBufferPointer { offspring in
        guard let parents = population.baseAddress, let next = offspring.baseAddress else { return }
        for (place, index) in elite.enumerated() {
          (next + place * n).update(from: parents + index * n, count: n)
        }
        for child in 0..<childCount {
          let row = next + (eliteCount + child) * n
          let a = parents + winner() * n
          if crossoverRate >= 1 || random.uniform() < crossoverRate {
            recombination.recombine(a, parents + winner() * n, index: child, into: row)
          } else {
            row.update(from: a, count: n)
          }
        }
        mutation.mutate(
          .init(rebasing: offspring[(eliteCount * n)...]), progress: progress, random: &random)
      }
    }
  }

  /// The best of a few individuals drawn at random.
  private func winner() -> Int {
    var best = random.integer(below: individualCount)
    for _ in 1..<tournamentSize {
      let other = random.integer(below: individualCount)
      if losses[other] < losses[best] { best = other }
    }
    return best
  }

  /// Finds the best individuals, best first.
  private func rankElite() {
    elite.removeAll(keepingCapacity: true)
    for index in 0..<individualCount {
      if elite.count == eliteCount {
        guard let last = elite.last, losses[index] < losses[last] else { continue }
        elite.removeLast()
      }
      let place = elite.firstIndex { losses[index] < losses[$0] } ?? elite.count
      elite.insert(index, at: place)
    }
  }

  /// Learns from the answer to its query.
  public func tell(_ answer: Answer) throws(ComponentError) {
    answer.renew(&losses)
    if generation > 0 && !problem.hasMinibatches {
      // The elite was not evaluated again. It comes first, from the front of `population`.
      let kept = elite.map { losses[$0] }
      losses.replaceSubrange(..<eliteCount, with: kept)
      losses.replaceSubrange(eliteCount..., with: answer.losses)
    } else {
      losses.removeAll(keepingCapacity: true)
      losses.append(contentsOf: answer.losses)
    }
    if generation == 0 { population = offspring } else { swap(&population, &offspring) }
    generation += 1
    progress = answer.progress
  }

  /// The best of the last generation with minibatches, else the best point that the host has seen.
  public func recommendation() throws(ComponentError) -> [Double]? {
    guard problem.hasMinibatches else { return nil }
    guard let best = losses.indices.min(by: { losses[$0] < losses[$1] }) else {
      return problem.initial
    }
    return Array(population[best * problem.dimension..<(best + 1) * problem.dimension])
  }

  /// Its whole state, as bytes.
  public func save() throws(ComponentError) -> [UInt8] {
    var writer = StateWriter(version: 1)
    random.save(&writer)
    writer.write([problem.dimension, individualCount])
    writer.write(generation)
    writer.write(progress)
    writer.write(population)
    writer.write(losses)
    return writer.bytes
  }

  /// Continues from a saved state.
  public func load(_ state: [UInt8]) throws(ComponentError) {
    var reader = try StateReader(state, version: 1)
    random = try RandomStream.load(&reader, host: host)
    let saved = try reader.readIntegers(count: 2)
    guard saved == [problem.dimension, individualCount] else {
      throw ComponentError(
        "the saved state is of \(saved[1]) individuals of \(saved[0]) genes, this run has "
          + "\(individualCount) of \(problem.dimension); resume with the configuration that was saved"
      )
    }
    generation = try reader.readInteger()
    progress = try reader.readReal()
    let isStarted = generation > 0
    population = try reader.readReals(count: isStarted ? offspring.count : 0)
    losses = try reader.readReals(count: isStarted ? individualCount : 0)
    try reader.finish()
  }
}

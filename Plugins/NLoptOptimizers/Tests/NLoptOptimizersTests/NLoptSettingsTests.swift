import NLoptOptimizers
import QHostCalling
import QHostInterfaces
import QHostTesting
import Testing

@Suite("What searches of NLopt refuse")
struct NLoptSettingsTests {
  private func refusal(
    _ algorithm: EveryAlgorithm, _ problem: Problem, _ changes: [String: ParameterValue] = [:]
  ) throws -> String {
    func make<Kind: LoopOptimizerComponent>(_ kind: Kind.Type) throws {
      _ = try Kind(
        request: request(for: Kind.descriptor, algorithm.changes(changes)), problem: problem)
    }
    let error = #expect(throws: ComponentError.self) { try make(algorithm.kind) }
    #expect(error?.kind == .parameter)
    let message = error?.message ?? ""
    #expect(message.contains("'\(algorithm.kind.descriptor.name)'"))
    return message
  }

  @Test(
    "Integers, by algorithms that follow a gradient",
    arguments: EveryAlgorithm.all.filter(\.needsGradient))
  func wholeNumbers(_ algorithm: EveryAlgorithm) throws {
    let problem = Problem(
      queries: [.points, .gradient], initial: [0, 0, 0], kinds: [.real, .integer, .real],
      lower: [-1, -1, -1], upper: [1, 1, 1])
    #expect(try refusal(algorithm, problem).contains("parameter 1 is integer"))
  }

  @Test("Minibatches", arguments: EveryAlgorithm.all)
  func minibatches(_ algorithm: EveryAlgorithm) throws {
    let problem = Problem(
      queries: [.points, .gradient], initial: [0, 0, 0], lower: [-1, -1, -1], upper: [1, 1, 1],
      rowCount: 100, batchRows: 20)
    #expect(try refusal(algorithm, problem).contains("leave --batch-size out"))
  }

  @Test(
    "Parameters without bounds, where bounds are searched between",
    arguments: EveryAlgorithm.all.filter(\.needsBounds))
  func unbounded(_ algorithm: EveryAlgorithm) throws {
    let problem = Problem(
      queries: .points, initial: [0, 0, 0], lower: [-1, -1, -1], upper: [1, .infinity, 1])
    #expect(try refusal(algorithm, problem).contains("parameter 1 lacks one; set box"))
  }

  @Test("More parameters than a matrix of their square has memory for")
  func memory() throws {
    let problem = Problem(queries: .points, initial: [Double](repeating: 0, count: 100_000))
    let message = try refusal(try #require(EveryAlgorithm.named("cobyla").first), problem)
    #expect(message.contains("3·n² numbers, 223 GiB for 100000 parameters"))
  }

  @Test("A machine without NLopt gets the package's name, and one with an old NLopt what it lacks")
  func absence() throws {
    let names = ["libnlopt-of-nobody.so.0"]
    let absent = #expect(throws: CallError.self) { try NLoptLibrary(names) }
    let message = NLoptLibrary.absence(try #require(absent)).message
    #expect(message.contains("it needs the library NLopt"))
    #expect(message.contains("libnlopt-of-nobody.so.0"))
    #expect(message.contains("install Debian's package libnlopt0"))
    let other = #expect(throws: CallError.self) { try NLoptLibrary(["libm.so.6"]) }
    #expect(
      NLoptLibrary.absence(try #require(other)).message
        == "it needs NLopt 2.7 or newer, and 'libm.so.6' lacks nlopt_algorithm_from_string; "
        + "install a newer one")
  }
}

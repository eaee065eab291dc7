import QHostInterfaces
import QHostPluginTesting
import QHostRuntime
import Testing

@Suite("Every optimizer, through its library: whole runs")
struct OptimizerRunTests {
  private func outcome(
    _ component: BenchComponent, threads: Int
  ) throws -> (TrainingRun.Outcome, [Split: Evaluation]) {
    var specification = RunSpecification(
      optimizer: component.listing.fullName, model: "mlp", dataset: "iris")
    specification.budget = Budget()
    specification.budget.maxForwardEquivalents = 400
    let assembly = try component.bench.assembly(specification, threads: threads)
    let outcome = try TrainingRun(assembly, folder: nil).run()
    var evaluations: [Split: Evaluation] = [:]
    for split in Split.allCases {
      guard let table = assembly.data.table(split) else { continue }
      evaluations[split] = try Evaluation(
        of: outcome.parameters, on: split, table: table, parts: assembly.parts)
    }
    return (outcome, evaluations)
  }

  private static let present = Bench.all(.optimizer)
    .filter { !InProcess.absent.union(InProcess.described).contains($0.name) }

  @Test(
    "All optimizers are tested",
    .enabled(if: InProcess.absent.isEmpty, "NLopt is not installed (libnlopt0)"))
  func all() {
    #expect(Self.present.count + InProcess.described.count == Bench.all(.optimizer).count)
  }

  @Test(
    "A network on iris trains to the same bits each time, on one thread and on two",
    arguments: present)
  func trains(_ component: BenchComponent) throws {
    let (first, firstEvaluations) = try outcome(component, threads: 1)
    #expect(first.parameters.allSatisfy { $0.isFinite })
    #expect(first.cost.evaluations > 0)
    #expect(first.cost.forwardEquivalents >= 400 || first.reason != .budgetSpent)
    for threads in [1, 2] {
      let (again, evaluations) = try outcome(component, threads: threads)
      #expect(again.parameters.map(\.bitPattern) == first.parameters.map(\.bitPattern))
      #expect(again.cost == first.cost)
      #expect(again.reason == first.reason)
      #expect(evaluations == firstEvaluations)
    }
  }
}

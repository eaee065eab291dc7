import QHostInterfaces
import QHostPluginTesting
import QHostRuntime
import Testing

/// No optimizer may get more than others for the size of its queries.
@Suite("Every optimizer, through its library: budgets")
struct BudgetTests {
  /// A model on data.
  struct Problem: CustomStringConvertible, Sendable {
    var model: String
    var dataset: String
    var words: [String] = []

    var description: String { "\(model) on \(dataset) \(words.joined(separator: " "))" }
  }

  static let problems = [
    Problem(model: "mlp", dataset: "iris"), Problem(model: "logistic", dataset: "digits"),
    Problem(model: "cnn", dataset: "digits"), Problem(model: "integer-mlp", dataset: "digits"),
    Problem(model: "mlp", dataset: "digits", words: ["model.activation=step"]),
    Problem(model: "direct", dataset: "functions", words: ["dataset.dimension=30"]),
    Problem(
      model: "direct", dataset: "functions",
      words: ["dataset.function=rosenbrock", "dataset.rotated=true"]),
  ]

  private static let present = Bench.all(.optimizer)
    .filter { !InProcess.absent.union(InProcess.described).contains($0.name) }

  private func assembly(
    _ component: BenchComponent, _ problem: Problem, batchRows: Int?,
    _ change: (inout Budget) -> Void
  ) throws -> RunAssembly? {
    var specification = RunSpecification(
      optimizer: component.listing.fullName, model: problem.model, dataset: problem.dataset,
      settings: try Settings(problem.words))
    specification.batchRows = batchRows
    specification.budget = Budget()
    change(&specification.budget)
    do { return try component.bench.assembly(specification) } catch let error as RunError {
      // Without a gradient, or with integers, some optimizers do not go.
      guard error.kind == .usage || error.kind == .plugin else { throw error }
      return nil
    }
  }

  @Test("Passes are kept to the last point", arguments: present)
  func passes(_ component: BenchComponent) throws {
    var count = 0
    for problem in Self.problems {
      for (limit, batchRows) in [(3.5, 0), (30, nil), (12, 64)] as [(Double, Int?)] {
        guard
          let assembly = try assembly(
            component, problem, batchRows: batchRows, { $0.maxForwardEquivalents = limit })
        else { continue }
        let cost = try TrainingRun(assembly, folder: nil).run().cost
        // One more point, which may be a gradient on all rows; that of the loss is not in what the model says, and costs a little.
        let most = 1.05 * max(1, assembly.model.modelDescription.gradientCost)
        #expect(cost.forwardEquivalents <= limit + most, "\(problem), \(limit) passes")
        count += 1
      }
    }
    #expect(count > 0)
  }

  @Test("Evaluations are kept to the last one", arguments: present)
  func evaluations(_ component: BenchComponent) throws {
    for problem in Self.problems {
      for (limit, batchRows) in [(17, 0), (100, 256)] as [(Int, Int?)] {
        guard
          let assembly = try assembly(
            component, problem, batchRows: batchRows, { $0.maxEvaluations = limit })
        else { continue }
        let cost = try TrainingRun(assembly, folder: nil).run().cost
        let rows = assembly.parts.table.rowCount
        let batch = assembly.objective.batchRows
        #expect(cost.evaluations <= limit + rows / batch, "\(problem), \(limit) evaluations")
      }
    }
  }
}

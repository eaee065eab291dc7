import QHostInterfaces
import QHostRuntime
import QHostRuntimeTesting
import Testing

@Suite("Evaluation")
struct EvaluationTests {
  @Test("Accuracy is the fraction of rows whose largest output is their class")
  func accuracy() throws {
    // z₁ − z₀ = x + y − 0.3: the classes exactly; without the bias, by hand.
    let dataset = PlaneDataset(rows: 2000)
    let objective = try TestObjective(LinearModel(inputCount: 2, outputCount: 2), dataset)
    let table = objective.parts.table
    let exact = try Evaluation(
      of: [0, 0, 1, 1, 0, -0.3], on: .train, table: table, parts: objective.parts)
    #expect(exact.metrics["accuracy"] == 1)
    let shifted = try Evaluation(
      of: [0, 0, 1, 1, 0, 0], on: .train, table: table, parts: objective.parts)
    let right = (0..<2000).count { row in
      let (x, y) = PlaneDataset.features(row)
      return (x + y > 0) == (x + y > 0.3)
    }
    #expect(shifted.metrics["accuracy"] == Double(right) / 2000)
  }

  @Test(
    "The loss is that of the objective on all rows",
    arguments: [
      Loss.crossEntropy, .errorRate, .meanSquaredError,
    ])
  func loss(loss: Loss) throws {
    let objective = try TestObjective(
      LinearModel(inputCount: 2, outputCount: 2), PlaneDataset(rows: 1300), loss: loss)
    let point = [0.3, -0.2, 0.5, 0.1, 0.05, -0.4]
    let evaluation = try Evaluation(
      of: point, on: .train, table: objective.parts.table, parts: objective.parts)
    #expect(abs(try #require(evaluation.metrics["loss"]) - objective.points([point])[0]) < 1e-12)
  }

  @Test("A point that the model finds infeasible has a loss and no other figure")
  func infeasible() throws {
    let objective = try TestObjective(
      LinearModel(inputCount: 2, outputCount: 2, fault: .discard), PlaneDataset())
    let metrics = try Evaluation(
      of: [101, 0, 0, 0, 0, 0], on: .train, table: objective.parts.table, parts: objective.parts
    ).metrics
    #expect(metrics == ["loss": .infinity])
  }

  @Test("rmse and r2 are those of each output about its own mean", arguments: [1, 2])
  func errors(outputs: Int) throws {
    let rows = 50
    let dataset = PlaneDataset(.regression, rows: rows, outputs: outputs)
    let objective = try TestObjective(
      LinearModel(inputCount: 2, outputCount: outputs), dataset, loss: .meanSquaredError)
    // The model that always says 10 c + 0.25: the targets' constant, and a bit more.
    let n = outputs * 3
    var point = [Double](repeating: 0, count: n)
    for unit in 0..<outputs { point[outputs * 2 + unit] = 10 * Double(unit) + 0.25 }
    let metrics = try Evaluation(
      of: point, on: .train, table: objective.parts.table, parts: objective.parts
    ).metrics
    var (squares, total) = (0.0, 0.0)
    for unit in 0..<outputs {
      let targets = (0..<rows).map { row in
        Double(objective.parts.table.targets[row * outputs + unit])
      }
      let mean = targets.reduce(0, +) / Double(rows)
      for target in targets {
        squares += (target - 10 * Double(unit) - 0.25) * (target - 10 * Double(unit) - 0.25)
        total += (target - mean) * (target - mean)
      }
    }
    let rmse = (squares / Double(rows * outputs)).squareRoot()
    #expect(abs(try #require(metrics["rmse"]) - rmse) < 1e-9)
    #expect(abs(try #require(metrics["r2"]) - (1 - squares / total)) < 1e-9)
    #expect(metrics["accuracy"] == nil)
  }

  @Test("The exact model has an r2 of one")
  func exactModel() throws {
    let objective = try TestObjective(
      LinearModel(inputCount: 2, outputCount: 1), PlaneDataset(.regression, outputs: 1),
      loss: .meanSquaredError)
    let metrics = try Evaluation(
      of: [1, -0.5, 0], on: .train, table: objective.parts.table, parts: objective.parts
    ).metrics
    #expect(abs(try #require(metrics["r2"]) - 1) < 1e-9)
    #expect(try #require(metrics["rmse"]) < 1e-6)
  }
}

import Foundation
import QHostComparing
import QHostRuntime

/// A journal of runs that were never made, in a folder that is removed in the end.
final class GeneratedJournal {
  let folder = NSTemporaryDirectory() + "qhost-report-" + UUID().uuidString
  let plan: ComparisonPlan
  private let optimizers: [String]
  private let datasets: [String]
  private var lines: [String] = []

  /// Begins a journal with its header.
  ///
  /// `load` is that of a machine with two processors; `budget` changes that of 1,000 passes; `budgets` are
  /// those of datasets, where each has its own.
  init(
    optimizers: [String], datasets: [String] = ["iris"], seeds: Int, load: Double = 0.1,
    skipping: [(optimizer: String, dataset: String)] = [],
    budgets: [Budget] = [], metric: String? = nil, budget: (inout Budget) -> Void = { _ in }
  ) throws {
    var plan = ComparisonPlan()
    for name in optimizers { try plan.add(name, to: \.optimizers) }
    for name in datasets { try plan.add(name, to: \.datasets) }
    try plan.add("mlp", to: \.models)
    try plan.setSeeds("\(seeds)")
    plan.budget.maxForwardEquivalents = 1000
    plan.metric = metric
    budget(&plan.budget)
    if !budgets.isEmpty {
      plan.listedProblems = zip(plan.problems, budgets).map { problem, budget in
        var own = problem
        own.budget = budget
        return own
      }
      (plan.models, plan.datasets, plan.budget) = ([], [], Budget())
    }
    self.plan = plan
    self.optimizers = optimizers
    self.datasets = datasets
    let combinations = datasets.flatMap { dataset in
      optimizers.map { ["dataset": dataset, "model": "mlp", "optimizer": $0] }
    }
    let skipped: [[String: Any]] = skipping.map {
      let labels = ["dataset": $0.dataset, "model": "mlp", "optimizer": $0.optimizer]
      return ["labels": labels, "reason": "it needs gradients"]
    }
    lines = [
      try Self.text([
        "record": "header", "schema": JournalHeader.currentSchema,
        "plan": try JSONSerialization.jsonObject(with: Data(plan.json().utf8)),
        "plan_hash": try plan.hash(), "shard": ["index": 1, "count": 1],
        "cells": combinations.count * seeds, "combinations": combinations, "skipped": skipped,
        "host_version": "0.1.0", "plugins": [Any](), "datasets": [Any](),
        "machine": Self.machine(load: load), "arguments": ["qhost", "compare", "-o", "a b"],
        "started": "2026-01-01T00:00:00Z",
      ])
    ]
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// The journal's file.
  var path: String { folder + "/journal.jsonl" }

  /// Adds a run; its losses come after 1, 2, 4, 8 evaluations and so on, each of which is half of a pass.
  ///
  /// On a scenario an evaluation is a pass, and what is compared is the last loss.
  func add(
    _ optimizer: String, on dataset: String = "iris", seed: Int, losses: [Double],
    accuracy: Double = 0.9, start: String? = nil, isSuccess: Bool = false, isScenario: Bool = false
  ) throws {
    let evaluations = losses.indices.map { 1 << $0 }
    let last = evaluations.last ?? 1
    let passes = evaluations.map { isScenario ? Double($0) : Double($0) / 2 }
    let metrics: [String: Any] =
      isScenario
      ? ["train": ["loss": losses.last ?? 1]]
      : ["test": ["accuracy": accuracy, "loss": losses.last ?? 1]]
    lines.append(
      try Self.text(
        place(optimizer, dataset, seed).merging([
          "record": "cell", "start_hash": start ?? "\(seed)", "training_passes": passes.last ?? 0,
          "improvements": [
            "evaluations": evaluations, "forward_equivalents": passes,
            "seconds": evaluations.map { Double($0) / 1000 }, "best_loss": losses,
          ],
          "run": [
            "stop_reason": isSuccess ? "targetReached" : "budgetSpent", "loss": "cross-entropy",
            "metrics": metrics,
            "model": ["parameter_count": 131],
            "cost": [
              "loss_evaluations": last, "gradient_evaluations": 0, "batch_rows": 100,
              "forward_equivalents": passes.last ?? 0, "seconds": Double(last) / 1000,
              "cpu_seconds": Double(last) / 2000, "optimizer_seconds": Double(last) / 4000,
            ],
          ],
        ]) { $1 }))
  }

  /// Adds a run.
  func add(
    _ optimizer: String, on dataset: String = "iris", seed: Int, _ run: GeneratedRun
  ) throws {
    lines.append(
      try Self.text(place(optimizer, dataset, seed).merging(run.record(seed: seed)) { $1 }))
  }

  /// Adds a failure.
  func addFailure(
    _ optimizer: String, on dataset: String = "iris", seed: Int, message: String
  ) throws {
    lines.append(
      try Self.text(
        place(optimizer, dataset, seed).merging([
          "record": "failure", "kind": "plugin", "message": message,
        ]) { $1 }))
  }

  /// Adds a line as it is.
  func add(line: String) { lines.append(line) }

  /// Writes the file; `ending` comes after the last line.
  func write(ending: String = "\n") throws {
    try (lines.joined(separator: "\n") + ending).write(
      toFile: path, atomically: true, encoding: .utf8)
  }

  static func machine(load: Double, host: String = "here") -> [String: Any] {
    [
      "host": host, "processor": "none", "processors": 2, "memory_bytes": 1 << 33,
      "kernel": "none", "load_average": load,
    ]
  }

  static func text(_ object: [String: Any]) throws -> String {
    String(
      decoding: try JSONSerialization.data(withJSONObject: object, options: .sortedKeys),
      as: UTF8.self)
  }

  private func place(_ optimizer: String, _ dataset: String, _ seed: Int) -> [String: Any] {
    let width = optimizers.count * datasets.count
    let within =
      (datasets.firstIndex(of: dataset) ?? 0) * optimizers.count
      + (optimizers.firstIndex(of: optimizer) ?? 0)
    return [
      "cell": (seed - 1) * width + within + 1, "dataset": dataset, "model": "mlp",
      "optimizer": optimizer, "seed": seed,
    ]
  }
}

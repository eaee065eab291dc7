import Foundation
import QHostComparing
import QHostRuntime
import QHostTesting
import Testing

/// A journal as a comparison writes it, with cells that a test makes up.
struct JournalMaking {
  /// A cell.
  struct Cell {
    var optimizer = "a"
    var solver: String?
    var model = "direct"
    var target: String?
    var dataset = "functions[dimension=2]"
    var seed: UInt64 = 1
    var function = "sphere"
    var isRotated = false
    var isShifted = true
    var dimension = 2
    var parameterCount: Int?
    var evaluations = [1, 3, 10, 100]
    var losses = [50.0, 2, 0.03, 1e-9]
    var total = 120
  }

  private let folder: TemporaryFolder
  private var lines: [String] = []

  /// Begins a journal of some combinations and seeds; `change` changes the rest of the plan.
  init(
    optimizers: [String] = ["a"], seeds: Int = 2, rows sha256: String? = nil,
    skipped: String? = nil, version: String = "0.1.0",
    change: (inout ComparisonPlan) throws -> Void = { _ in }
  ) throws {
    folder = try TemporaryFolder()
    var plan = ComparisonPlan()
    try plan.add(optimizers.joined(separator: ","), to: \.optimizers)
    try plan.add("direct", to: \.models)
    try plan.add("functions[dimension=2]", to: \.datasets)
    plan.seeds = (1...UInt64(seeds)).map { $0 }
    try change(&plan)
    let datasets = sha256.map {
      #"{"dataset":"functions[dimension=2]","sha256":"\#($0)","rows":{"train":1}}"#
    }
    let left = skipped.map {
      #"{"labels":{"dataset":"functions[dimension=2]","model":"direct","optimizer":"\#($0)"},"#
        + #""reason":"it cannot"}"#
    }
    let combinations = optimizers.map {
      #"{"dataset":"functions[dimension=2]","model":"direct","optimizer":"\#($0)"}"#
    }
    lines.append(
      """
      {"record":"header","schema":"qhost.journal/1","plan":\(try plan.json()),\
      "plan_hash":"\(try plan.hash())","shard":{"index":1,"count":1},\
      "cells":\(optimizers.count * seeds),"combinations":[\(combinations.joined(separator: ","))],\
      "skipped":[\(left ?? "")],"host_version":"\(version)","plugins":[],\
      "datasets":[\(datasets ?? "")],\
      "machine":{"host":"h","kernel":"k","processor":"p","processors":1,"memory_bytes":1,\
      "load_average":0},"arguments":[],"started":"2026-01-31T12:00:00Z"}
      """)
  }

  /// Adds a cell that has a result.
  mutating func add(_ cell: Cell) {
    let seconds = cell.evaluations.map { Double($0) / 1_000 }
    let solver = cell.solver.map { "\"solver\":\"\($0)\"," } ?? ""
    let target = cell.target.map { "\"target\":\"\($0)\"," } ?? ""
    let deployment = cell.target.map {
      """
      "deployment":{"target":"\($0)","split":"test","rows":3,"accuracy":0.75,"agreement":1,\
      "bytes":900,"cycles":{"min":1,"mean":2.5,"max":4},"milliseconds":{},"figures":{},\
      "artifacts":[]},
      """
    }
    lines.append(
      """
      {"record":"cell","cell":\(lines.count),"optimizer":"\(cell.optimizer)",\(solver)\(target)\
      "model":"\(cell.model)","dataset":"\(cell.dataset)","seed":\(cell.seed),"start_hash":"",\
      "training_passes":\(cell.total),"improvements":{"evaluations":\(cell.evaluations),\
      "forward_equivalents":\(cell.evaluations.map { Double($0) * 2 }),"seconds":\(seconds),\
      "best_loss":\(cell.losses)},"run":{"stop_reason":"budgetSpent",\(deployment ?? "")"loss":"score",\
      "metrics":{"train":{"loss":\(cell.losses.last ?? 0)}},\
      "model":{"parameter_count":\(cell.parameterCount ?? cell.dimension)},\
      "dataset":{"name":"functions","parameters":{"function":"\(cell.function)",\
      "dimension":\(cell.dimension),"shifted":\(cell.isShifted),"rotated":\(cell.isRotated),\
      "list":[1,2]}},"cost":{"loss_evaluations":\(cell.total),"gradient_evaluations":0,\
      "forward_equivalents":1,"batch_rows":1,"seconds":2.5,"cpu_seconds":1.5,\
      "optimizer_seconds":1}}}
      """)
  }

  /// Adds a cell that has failed.
  mutating func addFailure(seed: Int, _ message: String) {
    lines.append(
      """
      {"record":"failure","cell":\(lines.count),"optimizer":"a","model":"direct",\
      "dataset":"functions[dimension=2]","seed":\(seed),"kind":"plugin","message":"\(message)"}
      """)
  }

  /// The journal, read from a file that lacks some bytes at its end.
  func read(cutting bytes: Int = 0) throws -> JournalContents {
    try JournalContents(reading: try write(cutting: bytes))
  }

  /// The journal's file.
  var path: String { folder.path + "/journal.jsonl" }

  /// Writes the journal, and gives its path.
  @discardableResult
  func write(cutting bytes: Int = 0) throws -> String {
    let text = Data((lines.joined(separator: "\n") + "\n").utf8)
    try text.dropLast(bytes).write(to: URL(fileURLWithPath: path))
    return path
  }

  /// The runs.
  func runs() throws -> ExportedRuns { try ExportedRuns(read()) }
}

extension Export {
  /// The bytes of a file.
  func bytes(_ path: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> [UInt8] {
    try #require(
      files.first { $0.path == path }, "\(files.map(\.path))", sourceLocation: sourceLocation
    ).bytes
  }

  /// A file's text.
  func text(_ path: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
    String(decoding: try bytes(path, sourceLocation: sourceLocation), as: UTF8.self)
  }
}

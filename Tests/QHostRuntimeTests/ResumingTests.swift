import QHostInterfaces
import QHostRuntime
import QHostRuntimeTesting
import QHostTesting
import Testing

@Suite("A run that is interrupted and resumed")
struct ResumingTests {
  private func run(_ words: [String], batchRows: Int? = nil) throws -> TestRun {
    var budget = Budget()
    budget.maxEvaluations = 60_000
    return try TestRun("sweeper", set: words, batchRows: batchRows, budget: budget)
  }

  static let kinds: [(words: [String], batchRows: Int?)] = [
    (["model.cuts=true"], nil), (["model.cuts=false"], nil),
    (["model.cuts=true", "optimizer.minibatches=true"], 8),
    (["model.cuts=false", "optimizer.minibatches=true"], 8),
  ]

  @Test("has the bits of an unbroken one, wherever it was interrupted", arguments: kinds)
  func bits(words: [String], batchRows: Int?) throws {
    let run = try run(words, batchRows: batchRows)
    let unbroken = OutcomeBits(try run.outcome())
    #expect(unbroken.reason == .budgetSpent)
    for turns in [[1], [2, 5_000], [7_777], [100, 4_500, 9_000, 12_300, 19_990]] {
      let folder = try TemporaryFolder()
      var isResumed = false
      for turn in turns {
        let part = try run.part(in: folder.path, isResumed: isResumed, until: turn)
        // Near the end the next place to stop may lie behind it.
        guard part.reason == .cancelled else { break }
        #expect(part.canResume)
        #expect(part.cost.lossEvaluations >= 3 * turn)
        isResumed = true
      }
      guard isResumed else {
        Issue.record("the run could not be interrupted at turn \(turns)")
        continue
      }
      #expect(OutcomeBits(try run.part(in: folder.path, isResumed: true)) == unbroken, "\(turns)")
    }
  }

  @Test("whose data has changed is refused, and keeps its checkpoint")
  func changedData() throws {
    let folder = try TemporaryFolder()
    _ = try run([]).part(in: folder.path, isResumed: false, until: 5)
    let error = #expect(throws: RunError.self) {
      _ = try run(["dataset.shift=1"]).part(in: folder.path, isResumed: true)
    }
    #expect(error?.kind == .data)
    #expect(error?.message.contains("dataset 'plane' has changed") == true)
    #expect(folder.names == ["checkpoint.safetensors"])
  }

  @Test("counts the seconds of all its parts")
  func seconds() throws {
    let folder = try TemporaryFolder()
    let first = try run([]).part(in: folder.path, isResumed: false, until: 5_000)
    let second = try run([]).part(in: folder.path, isResumed: true)
    #expect(second.seconds > first.seconds * 0.99)
  }

  @Test("needs a folder")
  func noFolder() throws {
    let training = TrainingRun(try run([]).assembly(), folder: nil)
    #expect(throws: RunError.self) { try training.resume() }
    #expect(try training.writeResult(try training.run()).isEmpty)
  }

  @Test("leaves a model and a trace, and no checkpoint, when it ends")
  func result() throws {
    let folder = try TemporaryFolder()
    let run = try run([])
    _ = try run.part(in: folder.path, isResumed: false, until: 5)
    let training = TrainingRun(try run.assembly(), folder: folder.path)
    try training.resume()
    let artifacts = try training.writeResult(try training.run())
    #expect(artifacts.map(\.name) == ["model.safetensors", "trace.csv"])
    #expect(folder.names == ["model.safetensors", "trace.csv"])
    let trace = String(decoding: try FileAccess.read(folder.path + "/trace.csv"), as: UTF8.self)
    #expect(trace.hasPrefix("evaluations,forward_equivalents,seconds,best_loss\n"))
  }
}

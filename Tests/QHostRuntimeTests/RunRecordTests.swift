import QHostInterfaces
import QHostRuntime
import QHostRuntimeTesting
import Testing

@Suite("A record of a run")
struct RunRecordTests {
  private func record(
    _ optimizer: String = "walker", model: String = "linear", set words: [String] = []
  ) throws -> RunRecord {
    var budget = Budget()
    budget.maxEvaluations = 16
    var run = try TestRun(optimizer, set: words, budget: budget)
    run.specification.model = model
    return try RunRecord(try run.outcome(), of: try run.assembly(), artifacts: [])
  }

  @Test(
    "is read back as it was written",
    arguments: [
      ("walker", "linear", []), ("tandem", "wrapper", ["optimizer.rear.grid=7"]),
      ("tandem", "wrapper", ["model.inner=wrapper", "model.inner.depth=3"]),
    ] as [(String, String, [String])])
  func roundTrip(optimizer: String, model: String, words: [String]) throws {
    let record = try record(optimizer, model: model, set: words)
    let json = try record.json()
    let read = try #require(JSONText.value(RunRecord.self, of: json.utf8))
    #expect(read == record)
    #expect(try read.json() == json)
    #expect(json.contains(#""schema":"qhost.run/2""#))
    #expect(!json.contains("null"))
  }

  @Test("is read back when a value is large, small, negative, no number or a list")
  func values() throws {
    var record = try record()
    let written = #"""
      {"a":[],"b":[1,2.5],"c":"x","d":true,"e":-3,"f":1e+300,"g":0.1,"h":-0.5,"i":"1","j":9007199254740993}
      """#
    record.model.parameters = try #require(
      JSONText.value([String: RecordedValue].self, of: written.utf8))
    #expect(record.model.parameters["e"] == .whole(-3))
    #expect(record.model.parameters["b"] == .list([.whole(1), .real(2.5)]))
    #expect(record.model.parameters["d"] == .truth(true))
    #expect(record.model.parameters["i"] == .text("1"))
    #expect(record.model.parameters["j"] == .whole(9_007_199_254_740_993))
    #expect(record.model.parameters["g"]?.number == 0.1)
    #expect(record.model.parameters["c"]?.number == nil)
    #expect(try JSONText.of(record.model.parameters) == written)
    record.metrics = ["train": ["loss": .infinity]]
    #expect(JSONText.value(of: try record.json().utf8) == record)
  }

  @Test(
    "as one of several starts is compared by the split that chooses, whatever the test split says")
  func starts() throws {
    func start(_ metrics: [String: [String: Double]]) throws -> RunRecord.SeededRun {
      var record = try record()
      record.metrics = metrics
      record.isFeasible = metrics.values.allSatisfy { ($0["violation"] ?? 0) == 0 }
      return record.asSeededRun
    }
    let low = try start(["train": ["loss": 1], "test": ["loss": 9, "violation": 1]])
    let high = try start(["train": ["loss": 2], "test": ["loss": 0, "violation": 0]])
    #expect(low.split == "train" && low.isBetter(than: high) && !high.isBetter(than: low))
    #expect(!low.isBetter(than: low))
    let chosen = try start(["train": ["loss": 5], "validation": ["loss": 1]])
    let other = try start(["train": ["loss": 0], "validation": ["loss": 2]])
    #expect(chosen.split == "validation" && chosen.isBetter(than: other))
    let holds = try start(["train": ["loss": 7, "violation": 0]])
    let breaks = try start(["train": ["loss": 0, "violation": 0.5]])
    let breaksMore = try start(["train": ["loss": -1, "violation": 2]])
    #expect(holds.isBetter(than: breaks) && breaks.isBetter(than: breaksMore))
    let endless = try start(["train": ["loss": .infinity]])
    #expect(endless.loss == nil && high.isBetter(than: endless) && !endless.isBetter(than: high))
  }

  @Test("has what components depend on inside them, and leaves out what there is not")
  func dependencies() throws {
    let record = try record(
      "tandem", model: "wrapper",
      set: ["optimizer.front.grid=9", "model.inner=wrapper", "model.inner.inner.cuts=false"])
    #expect(record.optimizer.dependencies.keys.sorted() == ["front", "rear"])
    #expect(record.optimizer.dependencies["front"]?.parameters == ["grid": .whole(9)])
    #expect(record.optimizer.dependencies["rear"]?.parameters == ["grid": .whole(4)])
    let inner = try #require(record.model.dependencies["inner"])
    #expect(inner.name == "wrapper")
    #expect(inner.plugin == "in-process")
    #expect(inner.dependencies["inner"]?.parameters["cuts"] == .truth(false))
    #expect(record.model.text == "wrapper with wrapper with linear")
    #expect(record.optimizer.text == "tandem with idle and idle")
    #expect(record.model.parameterCount == 6)
    #expect(record.dataset.rows == ["train": 40, "test": 10])
    let json = try record.json()
    #expect(json.count(of: #""dependencies":"#) == 3)
    #expect(!json.contains("solver"))
  }

  @Test("of the first form has its solver as what the optimizer depends on, and may lack anything")
  func firstForm() throws {
    let head = #"{"cost":{"batch_rows":5,"cpu_seconds":1,"forward_equivalents":9.5,"#
    let tail =
      #""gradient_evaluations":0,"loss_evaluations":7,"optimizer_seconds":0.5,"seconds":2},"#
      + #""loss":"mse","metrics":{"test":{"loss":0.5}},"stop_reason":"stalled""#
    let whole =
      head + tail + #","optimizer":{"name":"o","parameters":{"x":1},"plugin":"p","version":"1"},"#
      + #""solver":{"name":"s","parameters":{},"plugin":"p","version":"1"},"schema":"qhost.run/1","#
      + #""prior":null,"deployment":null,"start":null}"#
    let record = try #require(JSONText.value(RunRecord.self, of: whole.utf8))
    #expect(record.schema == RunRecord.currentSchema)
    #expect(record.optimizer.dependencies["solver"]?.name == "s")
    #expect(record.optimizer.text == "o with s")
    #expect(record.cost.evaluations == 7)
    #expect(record.prior == nil)
    let least = try #require(JSONText.value(RunRecord.self, of: (head + tail + "}").utf8))
    #expect(least.optimizer == RunRecord.Component(""))
    #expect(least.artifacts.isEmpty)
    #expect(JSONText.value(of: try record.json().utf8) == record)
    let later = whole.replacing("qhost.run/1", with: "qhost.run/9")
    #expect(JSONText.value(RunRecord.self, of: later.utf8) == nil)
  }
}

extension String {
  /// How often a text is in it.
  fileprivate func count(of text: String) -> Int { ranges(of: text).count }
}

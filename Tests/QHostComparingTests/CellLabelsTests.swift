import QHostComparing
import QHostRuntime
import Testing

@Suite("What cells are called")
struct CellLabelsTests {
  private let nested = CellLabels(
    optimizer: "tandem", model: "wrap", dataset: "iris", target: "t",
    dependencies: [
      "optimizer.front": "s", "optimizer.rear": "r[grid=4]", "model.inner": "wrap",
      "model.inner.inner": "mlp[hidden=4]",
    ])

  @Test("is each component with what it depends on")
  func text() {
    #expect(
      nested.text
        == "tandem with s and r[grid=4], wrap with wrap with mlp[hidden=4] on iris for t")
    #expect(
      CellLabels(
        optimizer: "tunneling", model: "mlp", dataset: "d",
        dependencies: ["optimizer.solver": "split-operator"]
      ).text == "tunneling with split-operator, mlp on d")
    #expect(CellLabels(optimizer: "adam", model: "mlp", dataset: "d").text == "adam, mlp on d")
    #expect(nested["model.inner.inner"] == "mlp[hidden=4]")
    #expect(nested["model.outer"] == nil)
    #expect(nested.part(at: "dataset") == ["dataset": "iris"])
    #expect(nested.part(at: "optimizer").count == 3)
  }

  @Test("is read back as it was written, and a solver of earlier forms as a dependency")
  func reading() throws {
    #expect(JSONText.value(of: try JSONText.of(nested).utf8) == nested)
    let plain = CellLabels(optimizer: "a", model: "m", dataset: "d")
    #expect(try JSONText.of(plain) == #"{"dataset":"d","model":"m","optimizer":"a"}"#)
    let earlier = #"{"dataset":"d","model":"m","optimizer":"a","solver":"s"}"#
    #expect(
      JSONText.value(CellLabels.self, of: earlier.utf8)?.dependencies == ["optimizer.solver": "s"])
  }

  @Test("leaves out what tells nothing apart, at every place alike")
  func distinctive() {
    func labels(_ optimizer: String, _ dependencies: [String: String]) -> CellLabels {
      CellLabels(optimizer: optimizer, model: "wrap", dataset: "d", dependencies: dependencies)
    }
    let one = labels("a", ["optimizer.solver": "s", "model.inner": "x", "model.inner.inner": "y"])
    var other = one
    other.dependencies["model.inner.inner"] = "z"
    let third = labels("b", ["model.inner": "x", "model.inner.inner": "y"])
    #expect(DistinctiveDependencies([one, third]).places.isEmpty)
    #expect(DistinctiveDependencies([one, third]).text(at: "optimizer", of: one) == "a")
    let all = DistinctiveDependencies([one, other, third])
    #expect(all.places == ["model.inner.inner"])
    #expect(all.text(at: "optimizer", of: one) == "a")
    #expect(all.text(at: "model", of: other) == "wrap with x with z")
    #expect(all.text(at: "target", of: other) == nil)
  }
}

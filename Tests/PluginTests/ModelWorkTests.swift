import QHostBridging
import QHostInterfaces
import QHostPluginTesting
import QHostRuntime
import QHostTesting
import Testing

@Suite("What a model in C says of its work", .enabled(if: CCompiler.isPresent))
struct ModelWorkTests {
  /// A linear model of 4 inputs and 3 outputs: 12 multiply-adds and 15 parameters.
  private func model(_ definitions: String...) throws -> ForeignModel {
    let folder = try TemporaryFolder()
    try CCompiler.fixture(
      "linear_model", as: "libqhost-linear.so", in: folder, definitions: definitions)
    let bench = try Bench([folder.path])
    let component = try #require(bench.components(.model).first)
    return try ForeignModel(
      component.component, request: component.request(),
      mapping: Mapping(task: .classification, input: Shape([4]), output: Shape([3])))
  }

  private func message(_ body: () throws -> some Any) -> String {
    do {
      _ = try body()
      return "no error"
    } catch {
      return "\(error)"
    }
  }

  @Test("A model of the first release costs its multiply-adds, and one for each parameter")
  func firstRelease() throws {
    let model = try model("DESCRIPTION_SIZE=80", "TABLE_SIZE=144", "ROW_WORK=77", "CUT_COST=0.25")
    #expect(model.modelDescription.work == nil)
    #expect(
      model.modelDescription.passWork
        == PassWork(row: 12, pass: 15, gradientRow: 24, gradientPass: 30))
    #expect(try model.cutWork(index: 2, offsetCount: 3, rowCount: 10) == 0.25 * 12 * 30)
    #expect(try model.cutWork(index: 2, offsetCount: 0, rowCount: 10) == 0.25 * 12 * 10)
  }

  @Test("A model of a later release is read as far as it is known")
  func laterRelease() throws {
    let model = try model("DESCRIPTION_SIZE=sizeof(qhost_model_description)+64", "ROW_WORK=77")
    #expect(
      model.modelDescription.passWork
        == PassWork(row: 77, pass: 15, gradientRow: 154, gradientPass: 30))
    #expect(try model.cutWork(index: 2, offsetCount: 1, rowCount: 10) == 770)
  }

  @Test("A gradient cost that was left out is 3")
  func noGradientCost() throws {
    let description = try model("GRADIENT_COST=0").modelDescription
    #expect(description.gradientCost == 3)
    #expect(description.passWork.gradientRow == 36)
  }

  @Test(
    "What is not a cost is refused by name",
    arguments: [
      ("GRADIENT_COST=NAN", "gradient_cost is nan"), ("GRADIENT_COST=-1", "gradient_cost is -1"),
      ("ROW_WORK=INFINITY", "row_work is inf"),
    ])
  func refusals(definition: String, words: String) {
    let message = message { try model(definition) }
    #expect(message.contains("model 'fixture-linear'") && message.contains(words), "\(message)")
  }

  @Test(
    "What is not a cost of a cut is refused by name",
    arguments: [
      ("CUT_COST=NAN", "cut_cost for parameter 5 is nan"),
      ("CUT_COST=0", "cut_cost for parameter 5 is 0"),
      ("CUT_WORK=no_work", "cut_work for parameter 5 is nan"),
    ])
  func cutRefusals(definition: String, words: String) throws {
    let model = try model(definition)
    let message = message { try model.cutWork(index: 5, offsetCount: 1, rowCount: 1) }
    #expect(message.contains("model 'fixture-linear'") && message.contains(words), "\(message)")
  }
}

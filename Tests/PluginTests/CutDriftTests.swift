import QHostInterfaces
import QHostPluginTesting
import QHostRuntime
import Testing

@Suite("Moves of the base point of cuts")
struct CutDriftTests {
  @Test(
    "A large move and the way back leave the loss where it was", arguments: [1e4, 1e6, 1e8])
  func thereAndBack(size: Double) throws {
    let assembly = try Bench.built.assembly(
      RunSpecification(
        optimizer: "tunneling", model: "mlp", dataset: "iris",
        settings: try Settings(["model.activation=relu"])))
    /// The loss at the base point.
    func loss(base: [Double] = [], moving delta: Double? = nil) throws -> Double {
      var query = Query()
      query.kind = .cuts
      query.batch = .full
      query.base = base
      if let delta { (query.moveIndices, query.moveDeltas) = ([0], [delta]) }
      (query.cutIndices, query.offsetCount, query.offsets) = ([1], 1, [0])
      var answer = Answer()
      try assembly.objective.answer(query, into: &answer)
      return answer.losses[0]
    }
    let before = try loss(base: assembly.problem.initial)
    _ = try loss(moving: size)
    let after = try loss(moving: -size)
    // Rows are kept in single precision, and values up to 64 times as large may have been in between.
    #expect(abs(after - before) <= 64 * 1.2e-7 * before, "\(before) became \(after)")
  }
}

import QHostInterfaces
import QHostTesting
import StandardDatasets
import Testing

@Suite("Iris")
struct IrisTests {
  private func iris(
    _ changes: [String: ParameterValue] = [:], seed: UInt64 = 1
  ) throws -> Iris {
    try Iris(
      request: request(for: Iris.descriptor, changes, host: TestHost(seed: seed)))
  }

  @Test("By default 100 rows are for training and 50 for testing, of all species alike")
  func defaultSplit() throws {
    let iris = try iris()
    let description = iris.datasetDescription
    #expect(description.rowCounts == [.train: 100, .validation: 0, .test: 50])
    #expect(description.input == Shape([4]) && description.output == Shape([3]))
    #expect(description.task == .classification && description.scaling == .standardize)
    #expect(description.outputNames == ["setosa", "versicolor", "virginica"])
    let test = try iris.samples(.test)
    let counts = (0..<3).map { species in test.targets.count { $0 == Float(species) } }
    #expect(counts == [17, 17, 16])
  }

  @Test("All rows together have the published means of each species")
  func means() throws {
    let all = try iris(["test_fraction": .real(0)]).samples(.train)
    // Fisher 1936, table 1, in centimetres.
    let published: [[Double]] = [
      [5.006, 3.428, 1.462, 0.246], [5.936, 2.770, 4.260, 1.326], [6.588, 2.974, 5.552, 2.026],
    ]
    for species in 0..<3 {
      let rows = all.inputs.indices.filter { all.targets[$0] == Float(species) }
      #expect(rows.count == 50)
      for feature in 0..<4 {
        let mean = rows.reduce(0.0) { $0 + Double(all.inputs[$1][feature]) } / 50
        // A 32-bit value below 8 is off by at most 2.4e-7.
        #expect(abs(mean - published[species][feature]) < 3e-7)
      }
    }
  }

  @Test("The splits of rows share none and lose none")
  func disjoint() throws {
    let whole = try iris(["test_fraction": .real(0)]).samples(.train)
    let parts = try iris(["test_fraction": .real(0.3), "validation_fraction": .real(0.2)])
    #expect(parts.datasetDescription.rowCounts == [.train: 75, .validation: 30, .test: 45])
    let together = try Split.allCases.flatMap { try parts.samples($0).inputs }
    // Some flowers have equal measurements, so that the multisets are compared.
    #expect(
      together.map { $0.description }.sorted() == whole.inputs.map { $0.description }.sorted())
  }

  @Test("The split changes with split_seed and not with the seed of the run")
  func seeds() throws {
    let first = try iris().samples(.test)
    #expect(try iris(seed: 99).samples(.test).inputs == first.inputs)
    #expect(try iris(["split_seed": .integer(1)]).samples(.test).inputs != first.inputs)
    #expect(try iris(["split_seed": .integer(-1)]).samples(.test).targets.count == 50)
  }

  @Test("The split is the recorded one, so that figures of different versions can be compared")
  func recorded() throws {
    let test = try iris().samples(.test, rows: Array(0..<8))
    #expect(test.targets == [2, 2, 1, 2, 2, 2, 0, 0])
    #expect(test.inputs[0] == [7.9, 3.8, 6.4, 2.0])
  }

  @Test("Rows are shuffled, so that the first ones hold all species")
  func shuffled() throws {
    let first = try iris().samples(.train, rows: Array(0..<20))
    #expect(Set(first.targets) == [0, 1, 2])
  }

  @Test("Fractions that leave nothing to train on are refused")
  func fractions() throws {
    let error = failure {
      _ = try iris(["test_fraction": .real(0.7), "validation_fraction": .real(0.4)])
    }
    #expect(error?.kind == .parameter)
    #expect(error?.message.contains("test_fraction 0.7") == true)
    #expect(error?.message.contains("less than 1") == true)
  }
}

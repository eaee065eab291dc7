import QHostDatasets
import QHostInterfaces
import Testing

@Suite("Splits of rows")
struct PartitionTests {
  private static let strata = (0..<90).map { $0 % 3 == 0 ? 1 : 0 }

  @Test("Every row is in one split, each class in the same proportions")
  func proportions() {
    let partition = Partition(
      strata: Self.strata, stratumCount: 2,
      parameters: SplitParameters(testFraction: 0.2, validationFraction: 0.1))
    let all = Split.allCases.flatMap(partition.rows)
    #expect(all.sorted() == Array(0..<90))
    #expect(partition.counts == [.train: 63, .validation: 9, .test: 18])
    #expect(partition.test.count { Self.strata[$0] == 1 } == 6)
  }

  @Test("The seed picks the split")
  func seed() {
    let parts = [0, 0, 1].map {
      Partition(
        strata: Self.strata, stratumCount: 2,
        parameters: SplitParameters(testFraction: 0.2, seed: $0))
    }
    #expect(parts[0] == parts[1])
    #expect(parts[0] != parts[2])
  }

  @Test(
    "Rows of a time are split in their order",
    arguments: [(10, 0.2, 0.1, 7, 1), (2, 0.9, 0, 1, 0), (5, 0, 0, 5, 0), (1, 0.5, 0.4, 1, 0)])
  func ordered(_ rows: Int, _ test: Double, _ validation: Double, _ trained: Int, _ checked: Int) {
    let partition = Partition(
      ordered: rows,
      parameters: SplitParameters(testFraction: test, validationFraction: validation))
    #expect(partition.train + partition.validation + partition.test == Array(0..<rows))
    #expect(partition.train.count == trained && partition.validation.count == checked)
  }

  @Test("The generator gives the published sequence of seed 1234567")
  func generator() {
    var generator = SplitMix64(seed: 1_234_567 as UInt64)
    #expect(generator.next() == 6_457_827_717_110_365_317)
    #expect(generator.next() == 3_203_168_211_198_807_973)
  }
}

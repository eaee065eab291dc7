import QHostRuntime
import Testing

@Suite("BatchSchedule")
struct BatchScheduleTests {
  @Test(
    "The batches of an epoch are disjoint, and together all rows",
    arguments: [(12, 4), (13, 4), (7, 1)])
  func epochs(rows: Int, batch: Int) {
    var schedule = BatchSchedule(rowCount: rows, batchRows: batch, seed: 3)
    let perEpoch = rows / batch
    for epoch in 0..<5 {
      var seen: Set<Int> = []
      for number in 0..<perEpoch {
        let part = schedule.rows(ofBatch: epoch * perEpoch + number)
        #expect(part.count == batch)
        #expect(seen.isDisjoint(with: part))
        seen.formUnion(part)
      }
      #expect(seen.count == perEpoch * batch)
      #expect(seen.isSubset(of: 0..<rows))
    }
  }

  @Test("A batch depends on seed and number alone, not on those before")
  func repeatable() {
    var forwards = BatchSchedule(rowCount: 30, batchRows: 7, seed: 5)
    var backwards = BatchSchedule(rowCount: 30, batchRows: 7, seed: 5)
    let inOrder = (0..<20).map { Array(forwards.rows(ofBatch: $0)) }
    for number in (0..<20).reversed() {
      #expect(Array(backwards.rows(ofBatch: number)) == inOrder[number])
    }
  }

  @Test("Another seed and another epoch are another order")
  func orders() {
    var one = BatchSchedule(rowCount: 50, batchRows: 25, seed: 1)
    var two = BatchSchedule(rowCount: 50, batchRows: 25, seed: 2)
    #expect(one.rows(ofBatch: 0) != two.rows(ofBatch: 0))
    #expect(Array(one.rows(ofBatch: 0)) != Array(one.rows(ofBatch: 2)))
  }

  @Test("Every row is equally often in the first batch")
  func uniform() {
    var counts = [Int](repeating: 0, count: 10)
    for seed in 0..<2_000 {
      var schedule = BatchSchedule(rowCount: 10, batchRows: 3, seed: UInt64(seed))
      for row in schedule.rows(ofBatch: 0) { counts[row] += 1 }
    }
    // Expected 600 with a deviation of √(2000 · 0.3 · 0.7) = 20.5: six of them.
    for count in counts { #expect(abs(count - 600) < 123) }
  }

  @Test("Variants depend on seed and number alone, and each is equally frequent")
  func variants() {
    let schedule = BatchSchedule(rowCount: 6_000, batchRows: 3_000, seed: 5)
    let first = schedule.variants(ofBatch: 4, count: 5)
    #expect(
      first
        == BatchSchedule(rowCount: 6_000, batchRows: 3_000, seed: 5).variants(ofBatch: 4, count: 5))
    #expect(first != schedule.variants(ofBatch: 5, count: 5))
    let counts = (0..<5).map { variant in first.count { $0 == variant } }
    // Expected 600 with a deviation of √(3000 · 0.2 · 0.8) = 21.9: six of them.
    for count in counts { #expect(abs(count - 600) < 132) }
  }

  @Test("A batch of all rows or more is all rows in order")
  func wholeSplit() {
    for size in [5, 9] {
      var schedule = BatchSchedule(rowCount: 5, batchRows: size, seed: 1)
      #expect(schedule.batchRows == 5)
      #expect(Array(schedule.rows(ofBatch: 3)) == [0, 1, 2, 3, 4])
    }
  }
}

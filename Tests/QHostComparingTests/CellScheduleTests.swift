import QHostComparing
import QHostRuntime
import Testing

@Suite("Workers that share cells")
struct CellScheduleTests {
  @Test("take as long as the busiest of them")
  func sharing() {
    var schedule = CellSchedule(jobs: 2)
    for seconds in [3.0, 1, 1, 1] {
      schedule.add([CellCost(run: seconds - 0.5, beside: 0.5)], dataset: "d")
    }
    #expect(abs(schedule.seconds - 3) < 1e-9)
  }

  @Test("load a dataset once each, as long as they need not make room for others")
  func datasets() {
    var schedule = CellSchedule(jobs: 2)
    for _ in 1...6 { schedule.add([CellCost(run: 1, beside: 0, first: 10)], dataset: "d") }
    #expect(abs(schedule.seconds - 13) < 1e-9)
    var many = CellSchedule(jobs: 1)
    for _ in 1...2 {
      for name in ["a", "b", "c", "d", "e"] {
        many.add([CellCost(run: 1, beside: 0, first: 10)], dataset: name)
      }
    }
    // Four datasets fit: each of five is read again.
    #expect(abs(many.seconds - 110) < 1e-9)
  }

  @Test("train once for cells that differ in their target alone")
  func targets() {
    var schedule = CellSchedule(jobs: 1)
    schedule.add([CellCost(run: 5, beside: 1), CellCost(run: 5, beside: 2)], dataset: "d")
    #expect(abs(schedule.seconds - 8) < 1e-9)
  }
}

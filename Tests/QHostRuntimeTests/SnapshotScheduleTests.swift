import QHostRuntime
import Testing

@Suite("When models are kept")
struct SnapshotScheduleTests {
  @Test("Marks are geometric, so many in each decade")
  func marks() {
    let schedule = SnapshotSchedule(perDecade: 4)
    for index in 0..<20 {
      #expect(abs(schedule.passes(index + 4) / schedule.passes(index) - 10) < 1e-12)
    }
    #expect(schedule.passes(0) == 1)
  }

  @Test("Each mark is taken once, and one model stands for all that were leapt over")
  func taking() {
    var schedule = SnapshotSchedule(perDecade: 1)
    #expect(schedule.take(at: 0.5) == nil)
    #expect(schedule.take(at: 1) == 0)
    #expect(schedule.take(at: 9.99) == nil)
    #expect(schedule.take(at: 2_000) == 3)
    #expect(schedule.take(at: 2_000) == nil)
    #expect(schedule.next == 4)
  }

  @Test(
    "A schedule that continues takes the marks that an unbroken one would", arguments: [1, 3, 10])
  func goingOn(perDecade: Int) {
    let passes = (0..<400).map { 1.02 * Double($0) }
    var unbroken = SnapshotSchedule(perDecade: perDecade)
    let all = passes.compactMap { unbroken.take(at: $0) }
    var first = SnapshotSchedule(perDecade: perDecade)
    let before = passes[..<137].compactMap { first.take(at: $0) }
    var second = SnapshotSchedule(perDecade: perDecade)
    _ = second.take(at: passes[136])
    #expect(before + passes[137...].compactMap { second.take(at: $0) } == all)
  }
}

import QHostRuntime
import Testing

@Suite("When a run is looked at")
struct WatchScheduleTests {
  @Test("Looks cost no more than a twentieth of the passes", arguments: [1, 0.18, 0.034])
  func cost(part: Double) {
    var schedule = WatchSchedule(cost: part)
    var looks = 0
    var passes = 0.0
    for _ in 0..<200_000 {
      passes += 0.05
      guard passes >= schedule.next else { continue }
      looks += 1
      schedule.advance(beyond: passes)
      #expect(Double(looks) * part <= passes / 20 + 1e-9)
    }
    #expect(looks > 30)
  }

  @Test("Large queries skip looks, and the next ones are where they would be for small ones")
  func skipping() {
    var small = WatchSchedule(cost: 1)
    for passes in 1...1_000 where Double(passes) >= small.next {
      small.advance(beyond: Double(passes))
    }
    var large = WatchSchedule(cost: 1)
    large.advance(beyond: 1_000)
    #expect(large.next == small.next)
  }

  @Test("A whole split that was gone through is paid for before the next look")
  func postponing() {
    var schedule = WatchSchedule(cost: 0.5)
    schedule.advance(beyond: 10)
    schedule.postpone(after: 10)
    #expect(schedule.next == 40)
  }
}

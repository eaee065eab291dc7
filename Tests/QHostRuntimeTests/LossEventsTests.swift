import QHostRuntime
import Testing

@Suite("The events of a run")
struct LossEventsTests {
  private func event(_ evaluations: Int, _ loss: Double) -> LossEvents.Event {
    LossEvents.Event(
      evaluations: evaluations, forwardEquivalents: Double(evaluations), seconds: 0, loss: loss)
  }

  @Test("are losses that are lower than all before them")
  func falling() {
    var events = LossEvents()
    for (place, loss) in [3.0, 4, 2, 2, 1].enumerated() { events.note(event(place + 1, loss)) }
    #expect(events.events.map(\.loss) == [3, 2, 1])
    #expect(events.events.map(\.evaluations) == [1, 3, 5])
    #expect(events.bestLoss == 1)
    #expect(LossEvents().bestLoss == .infinity)
  }

  @Test("are thinned to one percent, and none is dated before it was")
  func thinning() {
    var events = LossEvents()
    for evaluation in 1...100_000 { events.note(event(evaluation, 1 / Double(evaluation))) }
    #expect(events.events.count < 1_300)
    for event in events.events { #expect(event.loss == 1 / Double(event.evaluations)) }
    #expect(events.events.last?.evaluations == 100_000)
    for (one, next) in zip(events.events, events.events.dropFirst()) where one.evaluations > 100 {
      #expect(Double(next.evaluations) < Double(one.evaluations) * 1.03)
    }
  }

  @Test("continue as if a run had never stopped")
  func goingOn() {
    var whole = LossEvents()
    for evaluation in 1...2_000 { whole.note(event(evaluation, -Double(evaluation))) }
    for stop in [1, 7, 500, 1_234] {
      var first = LossEvents()
      for evaluation in 1...stop { first.note(event(evaluation, -Double(evaluation))) }
      var second = LossEvents(first.events)
      for evaluation in (stop + 1)...2_000 { second.note(event(evaluation, -Double(evaluation))) }
      #expect(second.events == whole.events)
    }
  }
}

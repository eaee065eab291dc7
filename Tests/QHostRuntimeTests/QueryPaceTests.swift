import QHostInterfaces
import QHostRuntime
import Testing

@Suite("The pace of a query")
struct QueryPaceTests {
  @Test("A first unit is answered alone, then as many as a piece may take")
  func learning() {
    var pace = QueryPace()
    #expect(pace.units(of: .points, rest: .infinity) == 1)
    pace.note(.points, units: 1, nanoseconds: 10_000_000)
    #expect(pace.units(of: .points, rest: .infinity) == 5)
    #expect(pace.units(of: .cuts, rest: .infinity) == 1)
    pace.note(.points, units: 5, nanoseconds: 500_000_000)
    #expect(pace.units(of: .points, rest: .infinity) == 1)
  }

  @Test("What is left of the time makes a piece smaller, down to one unit")
  func rest() {
    var pace = QueryPace()
    pace.note(.points, units: 1, nanoseconds: 1_000)
    #expect(pace.units(of: .points, rest: 10_000) == 10)
    #expect(pace.units(of: .points, rest: -5) == 1)
  }
}

import QHostInterfaces
import Testing

@Suite("Query")
struct QueryTests {
  @Test("Cleared, it is as new and keeps its memory")
  func clearing() {
    var query = Query()
    query.kind = .cuts
    query.batch = .full
    query.points = Array(repeating: 1, count: 100)
    query.base = [1]
    query.moveIndices = [0]
    query.moveDeltas = [1]
    query.cutIndices = [0]
    query.offsets = [1]
    query.offsetCount = 1
    query.finish(.stalled)
    query.clear()
    #expect(query.kind == .points)
    #expect(query.batch == .same)
    #expect(query.reason == .converged)
    #expect(query.points.isEmpty && query.base.isEmpty && query.offsets.isEmpty)
    #expect(query.moveIndices.isEmpty && query.moveDeltas.isEmpty && query.cutIndices.isEmpty)
    #expect(query.offsetCount == 0)
    #expect(query.points.capacity >= 100)
  }

  @Test("Finished, it says why")
  func finishing() {
    var query = Query()
    query.finish(.schedule)
    #expect(query.kind == .done)
    #expect(query.reason == .schedule)
  }
}

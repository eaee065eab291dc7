import CQHost
import QHostBridging
import QHostInterfaces
import Testing

@Suite("Reading a plugin's query")
struct QueryReadingTests {
  private let arena = Arena()
  private let n = 3

  private func points(_ values: [Double], count: UInt64) -> qhost_query {
    var raw = qhost_query.sized()
    raw.kind = QHOST_QUERY_POINTS
    raw.point_count = count
    raw.points = UnsafePointer(arena.array(values))
    return raw
  }

  private func cuts(_ indices: [UInt64], _ offsets: [Double], count: UInt64) -> qhost_query {
    var raw = qhost_query.sized()
    raw.kind = QHOST_QUERY_CUTS
    raw.base = UnsafePointer(arena.array([0, 0, 0]))
    raw.cut_count = UInt64(indices.count)
    raw.cut_indices = UnsafePointer(arena.array(indices))
    raw.offset_count = count
    raw.offsets = UnsafePointer(arena.array(offsets))
    return raw
  }

  private func refusal(_ raw: qhost_query) -> String {
    let error = #expect(throws: ComponentError.self) {
      var query = Query()
      try query.read(raw, dimension: n, culprit: "optimizer 'o'")
    }
    #expect(error?.message.hasPrefix("optimizer 'o' ") == true)
    return error?.message ?? ""
  }

  @Test("Points are read as they are")
  func readsPoints() throws {
    var query = Query()
    var raw = points([1, 2, 3, 4, 5, 6], count: 2)
    raw.batch = QHOST_BATCH_FULL
    try query.read(raw, dimension: n, culprit: "")
    #expect(query.kind == .points)
    #expect(query.batch == .full)
    #expect(query.points == [1, 2, 3, 4, 5, 6])
  }

  @Test("Cuts are read with base, moves and offsets")
  func readsCuts() throws {
    var query = Query()
    var raw = cuts([2, 0], [0.1, 0.2, 0.3, 0.4], count: 2)
    raw.move_count = 1
    raw.move_indices = UnsafePointer(arena.array([1]))
    raw.move_deltas = UnsafePointer(arena.array([-0.5]))
    try query.read(raw, dimension: n, culprit: "")
    #expect(query.base == [0, 0, 0])
    #expect(query.moveIndices == [1])
    #expect(query.moveDeltas == [-0.5])
    #expect(query.cutIndices == [2, 0])
    #expect(query.offsets == [0.1, 0.2, 0.3, 0.4])
    #expect(query.offsetCount == 2)
  }

  @Test("A query for cuts may move the base alone")
  func movesAlone() throws {
    var query = Query()
    var raw = qhost_query.sized()
    raw.kind = QHOST_QUERY_CUTS
    raw.move_count = 1
    raw.move_indices = UnsafePointer(arena.array([0]))
    raw.move_deltas = UnsafePointer(arena.array([1]))
    try query.read(raw, dimension: n, culprit: "")
    #expect(query.cutIndices.isEmpty)
    #expect(query.moveDeltas == [1])
  }

  @Test(
    "The end is read with its reason, an unknown reason as within tolerance",
    arguments: [
      (QHOST_DONE_CONVERGED, Query.DoneReason.converged), (QHOST_DONE_STALLED, .stalled),
      (QHOST_DONE_SCHEDULE, .schedule), (99, .converged),
    ])
  func readsTheEnd(reason: UInt32, expected: Query.DoneReason) throws {
    var raw = qhost_query.sized()
    raw.kind = QHOST_QUERY_DONE
    raw.reason = reason
    var query = Query()
    try query.read(raw, dimension: n, culprit: "")
    #expect(query.kind == .done)
    #expect(query.reason == expected)
  }

  @Test("Unknown kinds and batches are refused")
  func unknownKinds() {
    var raw = points([0, 0, 0], count: 1)
    raw.kind = 0
    #expect(refusal(raw).contains("unknown kind 0"))
    raw = points([0, 0, 0], count: 1)
    raw.batch = 3
    #expect(refusal(raw).contains("unknown batch 3"))
  }

  @Test("No point, many gradients and too many points are refused")
  func wrongCounts() {
    #expect(refusal(points([0, 0, 0], count: 0)).contains("asked no point"))
    var raw = points([0, 0, 0], count: 1)
    raw.points = nil
    #expect(refusal(raw).contains("asked no point"))
    raw = points([0, 0, 0, 0, 0, 0], count: 2)
    raw.kind = QHOST_QUERY_GRADIENT
    #expect(refusal(raw).contains("2 points instead of one"))
    #expect(refusal(points([0, 0, 0], count: .max)).contains("points at once"))
  }

  @Test(
    "A number that is not finite is refused with its place",
    arguments: [
      Double.nan, .infinity, -.infinity,
    ])
  func notFinite(value: Double) {
    #expect(refusal(points([0, 0, 0, 0, value, 0], count: 2)).contains("coordinate 1 "))
    #expect(refusal(cuts([0], [0, value], count: 2)).contains("an offset of a cut 1 "))
    var raw = cuts([0], [0], count: 1)
    raw.base = UnsafePointer(arena.array([0, 0, value]))
    #expect(refusal(raw).contains("the base point's coordinate 2 "))
    raw = cuts([0], [0], count: 1)
    raw.move_count = 1
    raw.move_indices = UnsafePointer(arena.array([0]))
    raw.move_deltas = UnsafePointer(arena.array([value]))
    #expect(refusal(raw).contains("move"))
  }

  @Test("An index beyond the parameters is refused", arguments: [3, UInt64.max])
  func indexOutOfRange(index: UInt64) {
    #expect(refusal(cuts([index], [0], count: 1)).contains("cut along parameter"))
    var raw = cuts([0], [0], count: 1)
    raw.move_count = 1
    raw.move_indices = UnsafePointer(arena.array([index]))
    raw.move_deltas = UnsafePointer(arena.array([0]))
    #expect(refusal(raw).contains("move that is out of range"))
  }

  @Test("Missing arrays are refused")
  func missingArrays() {
    var raw = cuts([0], [0], count: 0)
    #expect(refusal(raw).contains("without indices or offsets"))
    raw = cuts([0], [0], count: 1)
    raw.offsets = nil
    #expect(refusal(raw).contains("without indices or offsets"))
    raw = cuts([0], [0], count: 1)
    raw.cut_indices = nil
    #expect(refusal(raw).contains("without indices or offsets"))
    raw = cuts([0], [0], count: 1)
    raw.move_count = 1
    #expect(refusal(raw).contains("move"))
  }
}

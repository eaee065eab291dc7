import QHostInterfaces
import QHostRuntime
import QHostRuntimeTesting
import Testing

@Suite("The rows that a query is answered on")
struct ObjectiveBatchTests {
  private let point = [0.3, -0.2, 0.5, 0.1, 0.05, -0.4]

  private func make(batchRows: Int = 10) throws -> TestObjective {
    try TestObjective(
      LinearModel(inputCount: 2, outputCount: 2), PlaneDataset(rows: 40), batchRows: batchRows)
  }

  @Test("Same after next is the same batch; the next one is another")
  func sameAfterNext() throws {
    let objective = try make()
    let first = try objective.points([point], on: .next)
    #expect(try objective.points([point], on: .same) == first)
    #expect(try objective.points([point], on: .next) != first)
  }

  @Test("The first query may say same and gets the first batch")
  func sameAtFirst() throws {
    let (one, two) = (try make(), try make())
    #expect(try one.points([point], on: .same) == two.points([point], on: .next))
  }

  @Test("Full is all rows, and same after full is all rows too")
  func sameAfterFull() throws {
    let objective = try make()
    let all = try make(batchRows: 0).points([point])
    let first = try objective.points([point], on: .next)
    #expect(try objective.points([point], on: .full) == all)
    #expect(try objective.points([point], on: .same) == all)
    let second = try objective.points([point], on: .next)
    #expect(second != first && second != all)
  }

  @Test("Next after full is the batch that would have come without it")
  func nextAfterFull() throws {
    let (one, two) = (try make(), try make())
    _ = try one.points([point], on: .next)
    _ = try one.points([point], on: .full)
    _ = try two.points([point], on: .next)
    #expect(try one.points([point], on: .next) == two.points([point], on: .next))
  }

  @Test("Without minibatches every word means all rows")
  func withoutMinibatches() throws {
    let objective = try make(batchRows: 0)
    let losses = try [Query.Batch.same, .next, .full, .same, .next].map {
      try objective.points([point], on: $0)
    }
    #expect(Set(losses).count == 1)
  }

  @Test("The batches of an epoch together are all rows")
  func epochs() throws {
    let objective = try make()
    let all = try make(batchRows: 0).points([point])[0]
    let mean = try (0..<4).reduce(0.0) { sum, _ in
      sum + (try objective.points([point], on: .next)[0]) / 4
    }
    #expect(abs(mean - all) < 1e-9)
  }

  @Test("Cuts follow the batch, and moves are kept over it")
  func cutsFollowTheBatch() throws {
    let objective = try make()
    _ = try objective.cuts(base: point, along: [0], offsets: [0], on: .next)
    let next = try objective.cuts(moves: [(0, 0.5)], along: [1], offsets: [0, 1], on: .next)
    var moved = point
    moved[0] += 0.5
    var offset = moved
    offset[1] += 1
    #expect(try objective.points([moved, offset]) == next)
    let full = try objective.cuts(along: [1], offsets: [0, 1], on: .full)
    #expect(try objective.points([moved, offset], on: .full) == full)
    #expect(try objective.cuts(along: [1], offsets: [0, 1], on: .same) == full)
  }
}

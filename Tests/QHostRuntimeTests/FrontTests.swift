import QHostRuntime
import Testing

@Suite("Points that no other one dominates")
struct FrontTests {
  /// The volume by inclusion and exclusion over all subsets of points.
  private func reference(_ points: [[Double]]) -> Double {
    var sum = 0.0
    for subset in 1..<(1 << points.count) {
      let chosen = points.indices.filter { subset >> $0 & 1 == 1 }.map { points[$0] }
      let corner = chosen[0].indices.map { axis in chosen.map { $0[axis] }.max() ?? 1 }
      let volume = corner.reduce(1) { $0 * max(0, 1 - $1) }
      sum += chosen.count % 2 == 1 ? volume : -volume
    }
    return sum
  }

  private func points(_ count: Int, _ dimension: Int, seed: UInt64) -> [[Double]] {
    var state = seed
    return (0..<count).map { _ in
      (0..<dimension).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Double(state >> 11) / 0x1p53 * 1.2 - 0.1
      }
    }
  }

  @Test("dominate the volume that inclusion and exclusion give", arguments: 1...6)
  func volume(dimension: Int) {
    for seed in 1...20 {
      let points = points(9, dimension, seed: UInt64(seed * 77 + dimension))
      #expect(abs(Hypervolume.of(points) - reference(points)) < 1e-12)
    }
    #expect(Hypervolume.of([]) == 0)
    #expect(Hypervolume.of([Array(repeating: 1, count: dimension)]) == 0)
    #expect(Hypervolume.of([Array(repeating: 0, count: dimension)]) == 1)
  }

  @Test("are kept, each once, and others not")
  func members() {
    var front = NondominatedSet()
    func note(_ objectives: [Double]) {
      front.note(objectives, evaluations: 1) { objectives }
    }
    note([1, 3])
    note([2, 2])
    note([2, 2])
    note([2, 3])
    note([.nan, 0])
    note([-.infinity, 0])
    #expect(front.members.map(\.objectives) == [[1, 3], [2, 2]])
    note([1, 2])
    #expect(front.members.map(\.objectives) == [[1, 2]])
    #expect(front.prunedCount == 0)
  }

  @Test("are no more than a set can hold; its ends stay")
  func capacity() {
    var front = NondominatedSet()
    let capacity = NondominatedSet.capacity(objectiveCount: 2)
    for number in 0..<2 * capacity + 1 {
      let x = Double(number) / Double(2 * capacity)
      front.note([x, 1 - x], evaluations: number) { [] }
    }
    let pruned = front.pruned
    #expect(pruned.members.count == capacity)
    #expect(pruned.prunedCount == capacity + 1)
    let first = pruned.members.map { $0.objectives[0] }.sorted()
    #expect(first.first == 0 && first.last == 1)
    // Evenly spread points stay about evenly spread.
    let gaps = zip(first.dropFirst(), first).map { $0 - $1 }
    #expect((gaps.max() ?? 1) < 6 / Double(capacity))
  }
}

@Suite("The rank of a point")
struct StandingTests {
  @Test("is by violation first, then by loss among feasible ones")
  func order() {
    let order = [
      Standing(loss: -1), Standing(loss: 5), Standing(loss: 100, violation: 0.5),
      Standing(loss: 0, violation: 1), Standing.worst,
    ]
    for (place, left) in order.enumerated() {
      for right in order[(place + 1)...] {
        #expect(left < right)
        #expect(!(right < left))
      }
    }
    #expect(!(Standing(loss: 1, violation: 2) < Standing(loss: 3, violation: 2)))
    #expect(Standing(loss: 1, violation: 2).feasibleLoss == .infinity)
  }
}

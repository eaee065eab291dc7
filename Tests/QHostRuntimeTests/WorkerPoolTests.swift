import QHostRuntime
import Synchronization
import Testing

@Suite("WorkerPool")
struct WorkerPoolTests {
  /// A counter for each index of a loop.
  private final class Counters: Sendable {
    private let counts: [Cell]
    init(_ count: Int) { counts = (0..<count).map { _ in Cell() } }
    func add(_ index: Int) { counts[index].value.add(1, ordering: .relaxed) }
    var values: [Int] { counts.map { $0.value.load(ordering: .relaxed) } }
    final class Cell: Sendable { let value = Atomic<Int>(0) }
  }

  @Test("Every index is visited exactly once", arguments: [1, 2, 3, 8], [0, 1, 2, 3, 7, 1000])
  func everyIndexOnce(threads: Int, count: Int) {
    let pool = WorkerPool(threadCount: threads)
    let counters = Counters(count)
    pool.parallelFor(count) { counters.add($0) }
    #expect(counters.values == Array(repeating: 1, count: count))
  }

  @Test("Ten thousand short loops lose nothing", arguments: [1, 2, 4])
  func shortLoops(threads: Int) {
    let pool = WorkerPool(threadCount: threads)
    let counters = Counters(5)
    for _ in 0..<10_000 { pool.parallelFor(5) { counters.add($0) } }
    #expect(counters.values == Array(repeating: 10_000, count: 5))
  }

  @Test(
    "A loop sees what was written before it, and the caller what the loop wrote", arguments: [2, 4])
  func memoryOrder(threads: Int) {
    let pool = WorkerPool(threadCount: threads)
    nonisolated(unsafe) let cells = UnsafeMutablePointer<Int>.allocate(capacity: 64)
    defer { cells.deallocate() }
    cells.initialize(repeating: 0, count: 64)
    for round in 1...2_000 {
      pool.parallelFor(64) { index in
        if cells[index] == round - 1 { cells[index] = round }
      }
      guard (0..<64).allSatisfy({ cells[$0] == round }) else {
        Issue.record("round \(round) was lost")
        return
      }
    }
  }

  @Test("A loop inside a loop runs to its end", arguments: [1, 2, 4])
  func nestedLoops(threads: Int) {
    let pool = WorkerPool(threadCount: threads)
    let counters = Counters(40)
    for _ in 0..<50 {
      pool.parallelFor(4) { outer in pool.parallelFor(10) { counters.add(outer * 10 + $0) } }
    }
    #expect(counters.values == Array(repeating: 50, count: 40))
  }

  @Test("Two callers at once both get all of their loops")
  func twoCallers() async {
    let pool = WorkerPool(threadCount: 2)
    let counters = Counters(20)
    await withTaskGroup(of: Void.self) { group in
      for caller in 0..<2 {
        group.addTask {
          for _ in 0..<2_000 { pool.parallelFor(10) { counters.add(caller * 10 + $0) } }
        }
      }
    }
    #expect(counters.values == Array(repeating: 2_000, count: 20))
  }

  @Test("Sleeping workers wake up for the next loop")
  func sleepers() async throws {
    let pool = WorkerPool(threadCount: 3)
    let counters = Counters(6)
    for _ in 0..<20 {
      pool.parallelFor(6) { counters.add($0) }
      try await Task.sleep(nanoseconds: 2_000_000)
    }
    #expect(counters.values == Array(repeating: 20, count: 6))
  }

  @Test("Pools come and go")
  func manyPools() {
    for _ in 0..<100 {
      let counters = Counters(3)
      WorkerPool(threadCount: 3).parallelFor(3) { counters.add($0) }
      #expect(counters.values == [1, 1, 1])
    }
  }

  @Test("A pool has at least one thread")
  func atLeastOne() { #expect(WorkerPool(threadCount: 0).threadCount == 1) }
}

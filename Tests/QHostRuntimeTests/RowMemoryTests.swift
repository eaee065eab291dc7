import QHostRuntime
import Testing

@Suite("The rows that a model learns from on the way")
struct RowMemoryTests {
  private func memory(
    _ kind: OnlineSettings.MemoryKind, rows: Int, capacity: Int = 50, seed: UInt64 = 1
  ) -> RowMemory {
    var memory = RowMemory(kind, capacity: capacity, inputCount: 2, targetWidth: 1, seed: seed)
    for row in 0..<rows { memory.offer([Float(row), -Float(row)][...], [0][...]) }
    return memory
  }

  @Test("All rows are kept as long as there is room", arguments: OnlineSettings.MemoryKind.allCases)
  func room(kind: OnlineSettings.MemoryKind) {
    let memory = memory(kind, rows: 30)
    #expect(memory.count == 30 && memory.ages.sorted() == Array(0..<30))
    #expect(memory.keptInputs == (0..<30).flatMap { [Float($0), -Float($0)] })
  }

  @Test("A window has the last rows")
  func window() {
    let memory = memory(.window, rows: 1_234)
    #expect(memory.ages.sorted() == Array(0..<50))
    let rows = memory.keptInputs.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
    #expect(rows.sorted() == (1_184..<1_234).map(Float.init))
  }

  @Test("A reservoir's rows are uniform over all, a fading one's exponential in age with mean W")
  func samples() {
    var (uniform, fading) = (0.0, 0.0)
    let seeds = 200
    for seed in 0..<seeds {
      uniform += memory(.reservoir, rows: 1_000, seed: UInt64(seed)).ages.map(Double.init).reduce(
        0, +)
      fading += memory(.fading, rows: 1_000, seed: UInt64(seed)).ages.map(Double.init).reduce(0, +)
    }
    let count = Double(seeds * 50)
    // Four standard errors: 1000/√12 and 50 over √10,000.
    #expect(abs(uniform / count - 499.5) < 11.6)
    #expect(abs(fading / count - 49) < 2)
  }

  @Test("Rows before a drift are forgotten, and those after it fill the room again")
  func forgetting() {
    for kind in OnlineSettings.MemoryKind.allCases {
      var memory = memory(kind, rows: 400)
      let young = memory.ages.filter { $0 < 20 }.sorted()
      memory.forget(allBut: 20)
      #expect(memory.ages.sorted() == young)
      for row in 400..<500 { memory.offer([Float(row), 0][...], [0][...]) }
      #expect(memory.count == 50 && memory.ages.allSatisfy { $0 < 120 })
    }
  }
}

import Foundation
import Testing

/// Four kills with the rest of the tests, 30 with `QHOST_THOROUGH=1`.
@Suite("A comparison that is killed over and over")
struct RepeatedKillTests {
  private static let killCount =
    ProcessInfo.processInfo.environment["QHOST_THOROUGH"] == "1" ? 30 : 4

  /// More cells of a twentieth of a second than the kills leave time for.
  private static let command = [
    "compare", "-o", "sa,random", "--seeds", "\(5 * killCount)", "--max-evals", "30000", "--quiet",
    "--jobs", "2",
  ]

  @Test(
    "has every cell once in the end, to the bit as an unbroken one on two threads", .tags(.slow))
  func kills() throws {
    let program = try Program()
    let unbroken = try program.run(Self.command + ["--output", "unbroken", "--threads", "2"])
    #expect(unbroken.code == 0, "\(unbroken.error)")
    let whole = try JournalFile(program, "unbroken").cells()
    #expect(whole.count == 10 * Self.killCount)
    let resuming = Self.command + ["--output", "out", "--threads", "1", "--resume"]
    var state: UInt32 = 17
    var before: [Int: String] = [:]
    for number in 1...Self.killCount {
      let child = try program.start(resuming)
      // Between 20 and 320 ms: while plugins are looked for, journals are opened, or cells are written.
      state = state &* 1_664_525 &+ 1_013_904_223
      usleep(20_000 + (state >> 8) % 300_000)
      child.send(SIGKILL)
      #expect(
        try child.wait().code == 128 + SIGKILL, "the comparison had ended before kill \(number)")
      guard let journal = try? JournalFile(program, "out") else {
        #expect(before.isEmpty, "kill \(number) has left no journal")
        continue
      }
      let cells = try journal.cells()
      for (cell, record) in cells { #expect(whole[cell] == record, "cell \(cell)") }
      let lost = before.keys.filter { cells[$0] == nil }
      #expect(lost.isEmpty, "kill \(number) has lost cells")
      before = cells
    }
    let resumed = try program.run(resuming)
    #expect(resumed.code == 0, "\(resumed.error)")
    #expect(try JournalFile(program, "out").cells() == whole)
  }
}

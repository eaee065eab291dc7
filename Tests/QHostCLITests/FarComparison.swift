import Foundation
import Glibc
import Testing

/// A comparison of 12 cells that an engine does by its stand-in, and what the same is on this machine.
struct FarComparison<StandIn: EngineStandIn> {
  let program: Program
  let standIn: StandIn
  /// The cells as this machine does them, by number.
  let cells: [Int: String]

  init() throws {
    program = try Program()
    standIn = try StandIn(program)
    cells = try LocalComparison.cells.get()
  }

  private var options: String { "--on \(StandIn.engine) --element-time 0.02" }

  /// The journal of what the engine did.
  var journal: JournalFile { get throws { try JournalFile(program, "far") } }

  /// Has the engine do it all, with more options.
  func run(_ more: String = "", isQuiet: Bool = true) throws -> Program.Result {
    let grid = LocalComparison.grid(isQuiet: isQuiet)
    return try program.shell("\(standIn.path)${0} \(grid) --output far \(options) \(more)")
  }

  /// Continues what an earlier command began.
  func resume() throws -> Program.Result {
    try program.shell("\(standIn.path)$0 compare --resume --output far \(options) --json")
  }

  /// Starts it with elements held back, and returns when their jobs are followed.
  func startHeld() throws -> Child {
    try standIn.set("hold")
    let command = "\(standIn.path)exec $0 \(LocalComparison.grid()) --output far \(options)"
    let child = try program.start("/bin/bash", ["-c", command, Program.path])
    for _ in 0..<400 where !standIn.isFollowed { usleep(25_000) }
    return child
  }

  /// Lets go what `startHeld` holds back.
  func release() throws { try standIn.remove("hold") }
}

/// The comparison on this machine alone, made once for all tests.
private enum LocalComparison {
  static func grid(isQuiet: Bool = true) -> String {
    "compare \(isQuiet ? "--quiet " : "")-o ga,random -d iris --seeds 6 --max-evals 3000"
  }

  static let cells = Result {
    let program = try Program()
    let local = try program.shell("$0 \(grid()) --output local --jobs 1")
    #expect(local.code == 0, "\(local.error)")
    return try JournalFile(program, "local").cells()
  }
}

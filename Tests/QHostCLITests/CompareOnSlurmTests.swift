import Foundation
import Glibc
import Testing

@Suite("qhost compare --on slurm, with stand-ins for Slurm's programs")
struct CompareOnSlurmTests {
  private static let grid =
    "compare --quiet -o ga,random -d iris --seeds 6 --max-evals 3000 --output"
  private static let on = "--on slurm --element-time 0.02"

  /// The program, the stand-ins, and the comparison as this machine does it.
  private func make() throws -> (Program, SchedulerStandIn, [Int: String]) {
    let program = try Program()
    let standIn = try SchedulerStandIn(program)
    let local = try program.shell("$0 \(Self.grid) local --jobs 1")
    #expect(local.code == 0, "\(local.error)")
    return (program, standIn, try JournalFile(program, "local").cells())
  }

  @Test("Elements do the cells, and the journal is that of one machine")
  func whole() throws {
    let (program, standIn, cells) = try make()
    let result = try program.shell(
      standIn.path + "$0 \(Self.grid) far \(Self.on) --partition all --mem 1G --time 10 --json")
    #expect(result.code == 0, "\(result.error)")
    #expect(try result.json()["finished"] as? Int == 12)
    #expect(try JournalFile(program, "far").cells() == cells)
    #expect(try JournalFile(program, "far").records("ended").count == 1)
    #expect(program.has("far/report.html"))
    let asked = try #require(standIn.submissions.first)
    #expect(standIn.submissions.count == 1)
    for word in [
      "--parsable", "--array=1-", "--comment=qhost-", "--partition=all", "--mem=1G", "--time=10",
      "--cpus-per-task=1", "--chdir=\(program.folder)/far",
    ] { #expect(asked.contains(word), "\(word) in \(asked)") }
    #expect(program.files(in: "far/elements").count > 1)
  }

  @Test("An element that is lost is submitted again, and what it had done is kept")
  func lost() throws {
    let (program, standIn, cells) = try make()
    try standIn.set("lose.2")
    let result = try program.shell(standIn.path + "$0 \(Self.grid) far \(Self.on)")
    #expect(result.code == 0, "\(result.error)")
    #expect(standIn.submissions.count == 2)
    #expect(standIn.submissions.last?.contains("--array=2 ") ?? false)
    #expect(try JournalFile(program, "far").cells() == cells)
  }

  @Test("Cells of an element that runs out of time have failed, with the reason")
  func limit() throws {
    let (program, standIn, cells) = try make()
    try standIn.set("limit.1")
    let result = try program.shell(standIn.path + "$0 \(Self.grid) far \(Self.on)")
    #expect(result.code == 4, "\(result.error)")
    let failures = try JournalFile(program, "far").records("failure")
    #expect(!failures.isEmpty)
    #expect(
      failures.allSatisfy {
        ($0["message"] as? String ?? "").hasSuffix(
          "each time for its time (limit 10:00); allow more with --time")
      })
    #expect(try JournalFile(program, "far").cells().count + failures.count == cells.count)
  }

  @Test("Cells of an element that runs out of memory have failed, with the limit")
  func memory() throws {
    let (program, standIn, cells) = try make()
    try standIn.set("memory.2")
    let result = try program.shell(standIn.path + "$0 \(Self.grid) far \(Self.on)")
    #expect(result.code == 4, "\(result.error)")
    let failures = try JournalFile(program, "far").records("failure")
    #expect(!failures.isEmpty && failures.count < cells.count)
    #expect(
      failures.allSatisfy { ($0["message"] as? String ?? "").contains("its memory (limit 1G)") })
  }

  @Test("An element that is said to run and gives no sign of life is cancelled and done again")
  func silent() throws {
    let (program, standIn, cells) = try make()
    try standIn.set("silent.2")
    let result = try program.shell(
      standIn.path
        + "${0} \(Self.grid.replacing("--quiet ", with: "")) far \(Self.on) --silence-time 3")
    #expect(result.code == 0, "\(result.error)")
    #expect(result.error.contains("element 2 runs, as slurm says, but has given no sign of life"))
    #expect(result.error.contains(" elements took ") && result.error.contains(", the longest "))
    let cancelled = try String(contentsOfFile: standIn.folder + "/scancel.log", encoding: .utf8)
    #expect(cancelled == "101_2\n")
    #expect(standIn.submissions.count == 2)
    #expect(try JournalFile(program, "far").cells() == cells)
  }

  @Test("A command that was killed finds its jobs again, and none is submitted twice")
  func killed() throws {
    let (program, standIn, cells) = try make()
    try standIn.set("hold")
    let first = try program.start(
      "/bin/bash", ["-c", standIn.path + "exec $0 \(Self.grid) far \(Self.on)", Program.path])
    for _ in 0..<400 where standIn.submissions.isEmpty { usleep(25_000) }
    usleep(300_000)
    first.send(SIGKILL)
    #expect(try first.wait().code == 137)
    try FileManager.default.removeItem(atPath: standIn.folder + "/hold")
    let resumed = try program.shell(
      standIn.path + "$0 compare --resume --output far \(Self.on) --json")
    #expect(resumed.code == 0, "\(resumed.error)")
    #expect(resumed.error.contains("jobs of an earlier command (101) are followed"))
    #expect(standIn.submissions.count == 1)
    #expect(try JournalFile(program, "far").cells() == cells)
  }

  @Test("Ctrl-C leaves the jobs, a second one cancels them")
  func interrupted() throws {
    let (program, standIn, _) = try make()
    try standIn.set("hold")
    let child = try program.start(
      "/bin/bash", ["-c", standIn.path + "exec $0 \(Self.grid) far \(Self.on)", Program.path])
    for _ in 0..<400 where standIn.submissions.isEmpty { usleep(25_000) }
    usleep(500_000)
    child.send(SIGINT)
    usleep(800_000)
    #expect(!FileManager.default.fileExists(atPath: standIn.folder + "/scancel.log"))
    child.send(SIGINT)
    let result = try child.wait()
    #expect(result.code == 130, "\(result.error)")
    #expect(result.error.contains("Ctrl-C again") && result.error.contains("cancelled"))
    let cancelled = try String(contentsOfFile: standIn.folder + "/scancel.log", encoding: .utf8)
    #expect(cancelled == "101\n")
  }

  @Test("What Slurm cannot do is refused in a sentence")
  func refusals() throws {
    let program = try Program()
    let plain = "$0 compare --quiet -o ga --max-evals 50 --output o "
    expectRefusal(
      try program.shell("export PATH=/nowhere; " + plain + "--on slurm"), code: 75, "'sbatch'",
      "slurm-client")
    let standIn = try SchedulerStandIn(program)
    _ = try program.write(
      "#!/bin/bash\n[ \"$1\" = --version ] || { echo 'sbatch: error: invalid partition specified: x' >&2; exit 1; }\n",
      to: "stand-in/sbatch")
    expectRefusal(
      try program.shell(standIn.path + plain + "--on slurm --partition x"), code: 2,
      "invalid partition specified: x")
    expectRefusal(try program.shell(plain + "--on slrm"), code: 2, "no engine 'slrm'", "slurm")
    expectRefusal(try program.shell(plain + "--partition x"), code: 2, "--partition", "--on")
    expectRefusal(
      try program.shell(plain + "--on hyperqueue --partition x"), code: 2,
      "--partition is for slurm",
      "not for hyperqueue")
    expectRefusal(
      try program.shell(standIn.path + plain + "--on slurm --shard 1/2"), code: 2,
      "--shard and --on")
  }
}

import Foundation
import Glibc
import Testing

@Suite("qhost compare --on slurm, with stand-ins for Slurm's programs")
struct CompareOnSlurmTests {
  private typealias Far = FarComparison<SchedulerStandIn>

  @Test("Elements do the cells, and the journal is that of one machine")
  func whole() throws {
    let far = try Far()
    let result = try far.run("--partition all --mem 1G --time 10 --json")
    #expect(result.code == 0, "\(result.error)")
    #expect(try result.json()["finished"] as? Int == 12)
    #expect(try far.journal.cells() == far.cells)
    #expect(try far.journal.records("ended").count == 1)
    #expect(far.program.has("far/report.html"))
    let asked = try #require(far.standIn.submissions.first)
    #expect(far.standIn.submissions.count == 1)
    for word in [
      "--parsable", "--array=1-", "--comment=qhost-", "--partition=all", "--mem=1G", "--time=10",
      "--cpus-per-task=1", "--chdir=\(far.program.folder)/far",
    ] { #expect(asked.contains(word), "\(word) in \(asked)") }
    #expect(far.program.files(in: "far/elements").count > 1)
  }

  @Test("An element that is lost is submitted again, and what it had done is kept")
  func lost() throws {
    let far = try Far()
    try far.standIn.set("lose.2")
    let result = try far.run()
    #expect(result.code == 0, "\(result.error)")
    #expect(far.standIn.submissions.count == 2)
    #expect(far.standIn.submissions.last?.contains("--array=2 ") ?? false)
    #expect(try far.journal.cells() == far.cells)
  }

  @Test("Cells of an element that runs out of time have failed, with the reason")
  func limit() throws {
    let far = try Far()
    try far.standIn.set("limit.1")
    let result = try far.run()
    #expect(result.code == 4, "\(result.error)")
    let failures = try far.journal.records("failure")
    #expect(!failures.isEmpty)
    #expect(
      failures.allSatisfy {
        ($0["message"] as? String ?? "").hasSuffix(
          "each time for its time (limit 10:00); allow more with --time")
      })
    #expect(try far.journal.cells().count + failures.count == far.cells.count)
  }

  @Test("Cells of an element that runs out of memory have failed, with the limit")
  func memory() throws {
    let far = try Far()
    try far.standIn.set("memory.2")
    let result = try far.run()
    #expect(result.code == 4, "\(result.error)")
    let failures = try far.journal.records("failure")
    #expect(!failures.isEmpty && failures.count < far.cells.count)
    #expect(
      failures.allSatisfy { ($0["message"] as? String ?? "").contains("its memory (limit 1G)") })
  }

  @Test("An element that is said to run and gives no sign of life is cancelled and done again")
  func silent() throws {
    let far = try Far()
    try far.standIn.set("silent.2")
    let result = try far.run("--silence-time 3", isQuiet: false)
    #expect(result.code == 0, "\(result.error)")
    #expect(result.error.contains("element 2 runs, as slurm says, but has given no sign of life"))
    #expect(result.error.contains(" elements took ") && result.error.contains(", the longest "))
    #expect(far.standIn.cancelled == ["101_2"])
    #expect(far.standIn.submissions.count == 2)
    #expect(try far.journal.cells() == far.cells)
  }

  @Test("A command that was killed finds its jobs again, and none is submitted twice")
  func killed() throws {
    let far = try Far()
    let first = try far.startHeld()
    usleep(300_000)
    first.send(SIGKILL)
    #expect(try first.wait().code == 137)
    try far.release()
    let resumed = try far.resume()
    #expect(resumed.code == 0, "\(resumed.error)")
    #expect(resumed.error.contains("jobs of an earlier command (101) are followed"))
    #expect(far.standIn.submissions.count == 1)
    #expect(try far.journal.cells() == far.cells)
  }

  @Test("Ctrl-C leaves the jobs, a second one cancels them")
  func interrupted() throws {
    let far = try Far()
    let child = try far.startHeld()
    usleep(500_000)
    child.send(SIGINT)
    usleep(800_000)
    #expect(far.standIn.cancelled.isEmpty)
    child.send(SIGINT)
    let result = try child.wait()
    #expect(result.code == 130, "\(result.error)")
    #expect(result.error.contains("Ctrl-C again") && result.error.contains("cancelled"))
    #expect(far.standIn.cancelled == ["101"])
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

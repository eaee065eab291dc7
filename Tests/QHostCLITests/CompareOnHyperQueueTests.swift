import Foundation
import Glibc
import Testing

@Suite("qhost compare --on hyperqueue, with a stand-in for its program")
struct CompareOnHyperQueueTests {
  private static let grid =
    "compare --quiet -o ga,random -d iris --seeds 6 --max-evals 3000 --output"
  private static let on = "--on hyperqueue --element-time 0.02"

  /// The program, the stand-in, and the comparison as this machine does it.
  private func make() throws -> (Program, HyperQueueStandIn, [Int: String]) {
    let program = try Program()
    let standIn = try HyperQueueStandIn(program)
    let local = try program.shell("$0 \(Self.grid) local --jobs 1")
    #expect(local.code == 0, "\(local.error)")
    return (program, standIn, try JournalFile(program, "local").cells())
  }

  @Test("Tasks do the cells, and the journal is that of one machine")
  func whole() throws {
    let (program, standIn, cells) = try make()
    let template = try program.write("#HQ --priority=3\n", to: "lines")
    let result = try program.shell(
      standIn.path
        + "$0 \(Self.grid) far \(Self.on) --mem 1024 --time 10min --cpus-per-task 2 --template \(template) --json"
    )
    #expect(result.code == 0, "\(result.error)")
    #expect(try result.json()["finished"] as? Int == 12)
    #expect(try JournalFile(program, "far").cells() == cells)
    #expect(program.has("far/report.html"))
    let asked = try #require(standIn.asked("submit").first)
    #expect(standIn.asked("submit").count == 1)
    for word in [
      "--array=1", "--name=qhost-", "--cpus=2", "--resource=mem=1024", "--time-limit=10min",
      "--directives=file", "--cwd=\(program.folder)/far", "--stderr=none", "-%{INSTANCE_ID}.log",
    ] { #expect(asked.contains(word), "\(word) in \(asked)") }
    #expect(asked.hasSuffix("-- \(program.folder)/far/campaign.sh"))
    let script = try String(contentsOfFile: program.folder + "/far/campaign.sh", encoding: .utf8)
    #expect(script.hasPrefix("#!/bin/bash\n#HQ --priority=3\n"))
    #expect(script.contains("'--jobs' '2'") && script.contains("\"$HQ_TASK_ID\""))
  }

  @Test("A task that fails is submitted again, and what it had done is kept")
  func lost() throws {
    let (program, standIn, cells) = try make()
    try standIn.set("lose.2")
    let result = try program.shell(standIn.path + "$0 \(Self.grid) far \(Self.on)")
    #expect(result.code == 0, "\(result.error)")
    #expect(standIn.asked("submit").count == 2)
    #expect(standIn.asked("submit").last?.contains("--array=2 ") ?? false)
    #expect(try JournalFile(program, "far").cells() == cells)
  }

  @Test("Cells of a task that runs out of time have failed, with the limit")
  func limit() throws {
    let (program, standIn, _) = try make()
    try standIn.set("limit.1")
    let result = try program.shell(standIn.path + "$0 \(Self.grid) far \(Self.on) --time 7min")
    #expect(result.code == 4, "\(result.error)")
    let failures = try JournalFile(program, "far").records("failure")
    #expect(!failures.isEmpty)
    #expect(
      failures.allSatisfy {
        ($0["message"] as? String ?? "").hasSuffix(
          "its time (limit 7min); allow more with --time")
      })
  }

  @Test("A new server's job of the same number is not taken for the campaign's")
  func numbersAgain() throws {
    let (program, standIn, cells) = try make()
    try standIn.set("hold")
    let first = try program.start(
      "/bin/bash", ["-c", standIn.path + "exec $0 \(Self.grid) far \(Self.on)", Program.path])
    for _ in 0..<400 where standIn.asked("job info").isEmpty { usleep(25_000) }
    first.send(SIGKILL)
    #expect(try first.wait().code == 137)
    _ = try program.shell("kill $(cat '\(standIn.folder)/process.1')")
    try standIn.restart()
    try FileManager.default.removeItem(atPath: standIn.folder + "/hold")
    let resumed = try program.shell(
      standIn.path + "$0 compare --resume --output far \(Self.on) --json")
    #expect(resumed.code == 0, "\(resumed.error)")
    #expect(!resumed.error.contains("are followed"))
    #expect(standIn.asked("submit").count == 2)
    #expect(standIn.asked("job cancel").isEmpty)
    #expect(try JournalFile(program, "far").cells() == cells)
  }

  @Test("A second Ctrl-C cancels the campaign's jobs alone")
  func interrupted() throws {
    let (program, standIn, _) = try make()
    try standIn.restart()
    try standIn.set("hold")
    let child = try program.start(
      "/bin/bash", ["-c", standIn.path + "exec $0 \(Self.grid) far \(Self.on)", Program.path])
    for _ in 0..<400 where standIn.asked("job info").isEmpty { usleep(25_000) }
    child.send(SIGINT)
    usleep(800_000)
    #expect(standIn.asked("job cancel").isEmpty)
    child.send(SIGINT)
    let result = try child.wait()
    #expect(result.code == 130, "\(result.error)")
    #expect(standIn.asked("job cancel") == ["job cancel 2"])
  }

  @Test("What HyperQueue cannot do is refused in a sentence")
  func refusals() throws {
    let program = try Program()
    let plain = "$0 compare --quiet -o ga --max-evals 50 --output o --on hyperqueue"
    expectRefusal(
      try program.shell("export PATH=/nowhere; " + plain), code: 75, "no 'hq'", "HyperQueue")
    let standIn = try HyperQueueStandIn(program)
    try standIn.set("down")
    expectRefusal(
      try program.shell(standIn.path + plain), code: 75, "HQ server is unreachable",
      "hq server start")
  }
}

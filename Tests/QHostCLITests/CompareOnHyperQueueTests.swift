import Foundation
import Glibc
import Testing

@Suite("qhost compare --on hyperqueue, with a stand-in for its program")
struct CompareOnHyperQueueTests {
  private typealias Far = FarComparison<HyperQueueStandIn>

  @Test("Tasks do the cells, and the journal is that of one machine")
  func whole() throws {
    let far = try Far()
    let (program, standIn) = (far.program, far.standIn)
    let template = try program.write("#HQ --priority=3\n", to: "lines")
    let result = try far.run(
      "--mem 1024 --time 10min --cpus-per-task 2 --template \(template) --json")
    #expect(result.code == 0, "\(result.error)")
    #expect(try result.json()["finished"] as? Int == 12)
    #expect(try far.journal.cells() == far.cells)
    #expect(program.has("far/report.html"))
    let asked = try #require(standIn.submissions.first)
    #expect(standIn.submissions.count == 1)
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
    let far = try Far()
    try far.standIn.set("lose.2")
    let result = try far.run()
    #expect(result.code == 0, "\(result.error)")
    #expect(far.standIn.submissions.count == 2)
    #expect(far.standIn.submissions.last?.contains("--array=2 ") ?? false)
    #expect(try far.journal.cells() == far.cells)
  }

  @Test("Cells of a task that runs out of time have failed, with the limit")
  func limit() throws {
    let far = try Far()
    try far.standIn.set("limit.1")
    let result = try far.run("--time 7min")
    #expect(result.code == 4, "\(result.error)")
    let failures = try far.journal.records("failure")
    #expect(!failures.isEmpty)
    #expect(
      failures.allSatisfy {
        ($0["message"] as? String ?? "").hasSuffix(
          "its time (limit 7min); allow more with --time")
      })
  }

  @Test("A new server's job of the same number is not taken for the campaign's")
  func numbersAgain() throws {
    let far = try Far()
    let first = try far.startHeld()
    first.send(SIGKILL)
    #expect(try first.wait().code == 137)
    _ = try far.program.shell("kill $(cat '\(far.standIn.folder)/process.1')")
    try far.standIn.restart()
    try far.release()
    let resumed = try far.resume()
    #expect(resumed.code == 0, "\(resumed.error)")
    #expect(!resumed.error.contains("are followed"))
    #expect(far.standIn.submissions.count == 2)
    #expect(far.standIn.asked("job cancel").isEmpty)
    #expect(try far.journal.cells() == far.cells)
  }

  @Test("A second Ctrl-C cancels the campaign's jobs alone")
  func interrupted() throws {
    let far = try Far()
    try far.standIn.restart()
    let child = try far.startHeld()
    child.send(SIGINT)
    usleep(800_000)
    #expect(far.standIn.asked("job cancel").isEmpty)
    child.send(SIGINT)
    let result = try child.wait()
    #expect(result.code == 130, "\(result.error)")
    #expect(far.standIn.asked("job cancel") == ["job cancel 2"])
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

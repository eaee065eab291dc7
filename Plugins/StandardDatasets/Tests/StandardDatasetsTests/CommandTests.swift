import Foundation
import QHostInterfaces
import QHostTesting
import StandardDatasets
import Testing

@Suite("The dataset command")
struct CommandTests {
  /// A program in the shell: what it does with each line, and a YAML file that names it.
  private final class Simulator {
    let folder: String

    init(_ body: String, _ extra: String = "") throws {
      folder = NSTemporaryDirectory() + "qhost-command-" + UUID().uuidString
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: false)
      try body.write(toFile: folder + "/run.sh", atomically: true, encoding: .utf8)
      try write(
        """
        command: [sh, run.sh]
        outputs:
          - {name: tilt, lower: -1, upper: 12.5}
          - {name: count, kind: integer, lower: 0, upper: 4}
          - {name: mode, kind: categorical, values: [omni, sector]}
        \(extra)
        """)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func write(_ text: String) throws {
      try text.write(toFile: folder + "/file.yaml", atomically: true, encoding: .utf8)
    }

    func dataset() throws(ComponentError) -> Command {
      try Command(
        request: ComponentRequest(
          configuration: Configuration(["file": .text(folder + "/file.yaml")]), host: TestHost()))
    }

    /// Losses, violations and objectives of points.
    func scores(
      _ points: [[Double]], violations: Int = 0, objectives: Int = 0
    ) throws -> (losses: [Double], violations: [Double], objectives: [Double]) {
      let dataset = try dataset()
      var losses = [Double](repeating: -1, count: points.count)
      var distances = [Double](repeating: -1, count: points.count * violations)
      var values = [Double](repeating: -1, count: points.count * objectives)
      try points.flatMap { $0 }.withUnsafeBufferPointer { outputs in
        try losses.withUnsafeMutableBufferPointer { losses in
          try distances.withUnsafeMutableBufferPointer { distances in
            try values.withUnsafeMutableBufferPointer { values in
              var scoring = Scoring(
                .train, rows: [0], outputs: outputs, pointCount: points.count)
              scoring.losses =
                objectives > 0 ? UnsafeMutableBufferPointer(start: nil, count: 0) : losses
              scoring.violations = distances
              scoring.objectives = values
              try dataset.score(scoring)
            }
          }
        }
      }
      return (losses, distances, values)
    }
  }

  private let points: [[Double]] = [[0.5, 3, 0], [-1, 0, 1], [12.25, 4, 1]]

  @Test("What a program takes and gives is as its file says")
  func description() throws {
    let description = try Simulator("cat").dataset().datasetDescription
    #expect(description.outputNames == ["tilt", "count", "mode"])
    #expect(description.outputLower == [-1, 0, 0] && description.outputUpper == [12.5, 4, 1])
    #expect(description.outputKinds == [.real, .integer, .categorical])
    #expect(!description.hasViolations && description.objectives.isEmpty)
  }

  @Test("Lines go to it and come back, in order, from one process and from three")
  func lines() throws {
    for processes in [1, 3] {
      let simulator = try Simulator(
        "while read tilt count mode; do echo \"$tilt$count\"; test $mode = omni || test $mode = sector || exit 3; done",
        "processes: \(processes)\nbatch: 2")
      #expect(try simulator.scores(points).losses == [0.53, -1.00, 12.254])
    }
  }

  @Test("Thousands of points do not fill a pipe for good")
  func many() throws {
    let simulator = try Simulator("while read tilt rest; do echo $tilt; done", "batch: 65536")
    let many = (0..<20_000).map { [Double($0 % 10), 2, 1] }
    #expect(try simulator.scores(many).losses == many.map { $0[0] })
  }

  @Test("Violations and objectives stand in their places")
  func furtherScores() throws {
    let constrained = try Simulator(
      "while read tilt count mode; do echo 1 $count; done", "violation: true")
    let scores = try constrained.scores(points, violations: 1)
    #expect(scores.losses == [1, 1, 1] && scores.violations == [3, 0, 4])
    let goals = try Simulator(
      "while read tilt count mode; do echo $tilt 7; done",
      """
      objectives:
        - {name: rate, unit: Mbit/s, ideal: 10, reference: 0}
        - {name: energy, ideal: 0, reference: 9}
      """)
    #expect(try goals.dataset().datasetDescription.objectives.map(\.isMaximised) == [true, false])
    #expect(try goals.scores(points, objectives: 2).objectives == [0.5, 7, -1, 7, 12.25, 7])
  }

  @Test(
    "A program that does not keep to its part is named, with the point",
    arguments: [
      ("exit 7", "it ended with code 7"), ("read line; kill -9 $$", "signal 9 ended it"),
      ("while read line; do echo 1 2; done", "2 numbers in place of 1 (a loss)"),
      ("while read line; do echo; done", "0 numbers in place of 1"),
      ("while read line; do echo good; done", "wrote 'good' for the point '0.5 3 omni'"),
      ("while read line; do echo nan; done", "wrote 'nan'"),
      ("while read line; do echo -inf; done", "only a loss may be 'inf'"),
      ("sleep 100", "within 0.2 s; raise 'timeout'"),
    ])
  func faults(body: String, words: String) throws {
    let simulator = try Simulator(body, "timeout: \(body.hasPrefix("sleep") ? 0.2 : 60)")
    let error = #expect(throws: ComponentError.self) { try simulator.scores(points) }
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    #expect(error?.message.contains("the program 'sh run.sh'") == true)
  }

  @Test(
    "A file that cannot be used is refused with line and key",
    arguments: [
      ("outputs: [{name: a, lower: 0, upper: 1}]", "line 1: the file has no 'command'"),
      ("command: [cat]", "has no 'outputs'"),
      ("command: [no-such-program]\noutputs: [{name: a, lower: 0, upper: 1}]", "no program"),
      ("command: [cat]\noutputs:\n  - {name: a, lower: 2, upper: 1}", "line 3: lower = 2.0 of 'a'"),
      ("command: [cat]\noutputs:\n  - {name: a}", "line 3: 'a' has no bounds"),
      ("command: [cat]\noutputs:\n  - {name: a, kind: int, lower: 0, upper: 1}", "real, integer"),
      (
        "command: [cat]\noutput: []",
        "line 2: the file has no key 'output'; did you mean 'outputs'?"
      ),
      ("command: [cat]\noutputs: [{name: a, lower: 0, upper: x}]", "upper cannot be 'x'"),
      (
        "command: [cat]\noutputs:\n  - {name: a, kind: integer, lower: 0.5, upper: 1}",
        "must be integers"
      ),
      ("command: [cat\n", "is not valid YAML"), ("", "is empty"),
      (
        "command: [cat]\ntimeout: 0\noutputs: [{name: a, lower: 0, upper: 1}]",
        "line 2: timeout cannot be 0"
      ),
      (
        "command: [cat]\noutputs: [{name: a, lower: 0, upper: 1}, {name: a, lower: 0, upper: 1}]",
        "'a' twice"
      ),
    ])
  func refusals(text: String, words: String) throws {
    let simulator = try Simulator("cat")
    try simulator.write(text)
    let error = #expect(throws: ComponentError.self) { try simulator.dataset() }
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
  }

  @Test("A line too many is found out before it shifts the answers of the next points")
  func greeting() throws {
    let simulator = try Simulator("echo 5; while read line; do echo 1; done")
    let dataset = try simulator.dataset()
    #expect(throws: ComponentError.self) {
      for _ in 0..<100 {
        var losses = [0.0]
        try points[0].withUnsafeBufferPointer { outputs in
          try losses.withUnsafeMutableBufferPointer {
            try dataset.score(.train, rows: [0], outputs: outputs, pointCount: 1, losses: $0)
          }
        }
        usleep(10_000)
      }
    }
  }

  @Test("Outputs that are many of a kind are counted")
  func counted() throws {
    let simulator = try Simulator("cat")
    try simulator.write(
      "command: [cat]\noutputs: [{name: tilt, count: 3, lower: 0, upper: 9}]")
    #expect(try simulator.dataset().datasetDescription.outputNames == ["tilt1", "tilt2", "tilt3"])
  }
}

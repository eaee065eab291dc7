import QHostDrawing
internal import QHostComparing
internal import QHostRuntime

extension ReportTable {
  /// What is told of a journal: names and values.
  static func lines(of journal: JournalSource) -> [(name: String, value: String)] {
    let shard =
      journal.shard.count > 1 ? ", shard \(journal.shard.index)/\(journal.shard.count)" : ""
    var lines: [(name: String, value: String)] = [
      ("journal", (journal.name.map { "\($0): " } ?? "") + journal.path + shard),
      ("command", words(journal.arguments)),
      ("machine", text(journal.machine)),
      ("begun", "\(journal.started), \(load(journal.machine))"),
    ]
    for session in journal.sessions {
      let what = session.record == .resumed ? "resumed" : "ended"
      lines.append((what, "\(session.time), \(load(session.machine))"))
      if session.machine.host != journal.machine.host {
        lines.append(("machine", text(session.machine)))
      }
      if let arguments = session.arguments { lines.append(("command", words(arguments))) }
    }
    if journal.isBeingWritten { lines.append(("state", "it is being written")) }
    return lines
  }

  private static func text(_ machine: Machine) -> String {
    let memory = Double(machine.memoryBytes) / 1_073_741_824
    let governor = machine.governor.map { ", governor \($0)" } ?? ""
    return "\(machine.host): \(machine.processor), \(machine.processors) processors, "
      + "\(NumberText.fixed(memory, 1)) GiB, \(machine.kernel)\(governor)"
  }

  private static func load(_ machine: Machine) -> String {
    "load \(NumberText.fixed(machine.loadAverage, 2))"
  }

  /// Arguments as they are written for a shell.
  private static func words(_ arguments: [String]) -> String {
    arguments.map { word in
      let isPlain = word.allSatisfy {
        $0.isLetter || $0.isNumber || "-_./=,+:@%".contains($0)
      }
      return isPlain && !word.isEmpty ? word : "'\(word.replacing("'", with: "'\\''"))'"
    }.joined(separator: " ")
  }
}

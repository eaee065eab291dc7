import Foundation
import QHostValidating

/// What the checks of a plugin found, as text, JSON and JUnit's XML.
struct ValidationReport: Encodable {
  let schema = "qhost.validation/1"
  /// The document that has a part for each check, under its name.
  let reference = "Documentation/Reference/Checks.md"
  let file: String
  let seed: UInt64
  let passed: Int
  let failed: Int
  let skipped: Int
  let outcomes: [CheckOutcome]

  init(file: String, seed: UInt64, outcomes: [CheckOutcome]) {
    self.file = file
    self.seed = seed
    self.outcomes = outcomes
    passed = outcomes.count { $0.state == .passed }
    failed = outcomes.count { $0.state == .failed }
    skipped = outcomes.count { $0.state == .skipped }
  }

  /// Failures with what to do; with `isVerbose` all that was tried.
  func text(isVerbose: Bool) -> String {
    var lines: [String] = []
    for outcome in outcomes {
      let place = outcome.component.isEmpty ? "" : " \(outcome.component)"
      switch outcome.state {
      case .passed:
        if isVerbose {
          lines.append(Terminal.styled("ok    ", .green, toOutput: true) + outcome.check + place)
        }
      case .skipped:
        if isVerbose {
          lines.append(
            Terminal.styled("skip  ", .dim, toOutput: true)
              + "\(outcome.check)\(place): \(outcome.message)")
        }
      case .failed:
        lines.append(
          Terminal.styled("FAIL  ", .red, .bold, toOutput: true)
            + "\(outcome.check)\(place): \(outcome.message)")
        if let check = CheckCatalogue.all.first(where: { $0.id == outcome.check }) {
          lines.append("      must hold: \(check.rule)")
          lines.append("      to fix:    \(check.remedy)")
        }
      }
    }
    lines.append("\(file): \(passed) checks passed, \(failed) failed, \(skipped) do not apply")
    if let first = outcomes.first(where: { $0.state == .failed }) {
      lines.append("again: qhost validate \(file) --only \(first.check) --reproduce \(seed)")
    }
    return lines.joined(separator: "\n")
  }

  /// One test case for each check.
  var junit: String {
    func escaped(_ text: String) -> String {
      text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
        .replacing("\"", with: "&quot;")
    }
    var lines = [
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
      "<testsuite name=\"\(escaped(file))\" tests=\"\(outcomes.count)\" failures=\"\(failed)\" "
        + "skipped=\"\(skipped)\">",
    ]
    for outcome in outcomes {
      let place = outcome.component.isEmpty ? "plugin" : outcome.component
      let seconds = String(format: "%.3f", outcome.seconds)
      let head =
        "  <testcase classname=\"\(escaped(place))\" name=\"\(outcome.check)\" time=\"\(seconds)\""
      switch outcome.state {
      case .passed: lines.append(head + "/>")
      case .failed:
        lines.append(head + "><failure message=\"\(escaped(outcome.message))\"/></testcase>")
      case .skipped:
        lines.append(head + "><skipped message=\"\(escaped(outcome.message))\"/></testcase>")
      }
    }
    return (lines + ["</testsuite>", ""]).joined(separator: "\n")
  }
}

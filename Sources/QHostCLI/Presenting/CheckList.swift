import QHostInterfaces
import QHostValidating

/// All checks: what each demands, and what to do about a plugin that fails it.
enum CheckList {
  /// For a terminal.
  static var text: String {
    Check.Level.allCases.map { level in
      let checks = CheckCatalogue.all.filter { $0.level == level }
      return
        ([Terminal.styled("\(level.rawValue) (\(checks.count))", .bold, toOutput: true)]
        + checks.map { "  \($0.id)\n      \($0.rule)\n      \($0.remedy)" })
        .joined(separator: "\n")
    }.joined(separator: "\n\n")
  }

  /// A page with a part for each check, under its name.
  static var markdown: String {
    var lines = [
      "# Checks of `qhost validate`", "",
      "\(CheckCatalogue.all.count) checks in four levels; `qhost validate --list --markdown` prints this page.",
      "`qhost validate FILE --only NAME` tries one.",
    ]
    for level in Check.Level.allCases {
      lines += ["", "## \(level.rawValue)"]
      for check in CheckCatalogue.all where check.level == level {
        lines += [
          "", "### \(check.id)", "", "*\(subject(of: check))* \(check.rule)", "",
          "To fix it: \(check.remedy)",
        ]
      }
    }
    return lines.joined(separator: "\n")
  }

  private static func subject(of check: Check) -> String {
    switch check.scope {
    case .plugin: "The file."
    case .component(nil): "Each component."
    case .component(let kind?): "Each \(kind.rawValue)."
    }
  }
}

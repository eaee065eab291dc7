internal import Glibc
internal import QHostRuntime

/// The script that an engine runs for each element.
public struct ElementScript: Sendable {
  /// Its name in the campaign's folder.
  static let fileName = "campaign.sh"

  /// That of the campaign, from the root.
  let folder: String
  private let command: [String]
  private let variables: [String: String]

  /// Describes it.
  ///
  /// - Parameters:
  ///   - folder: that of the campaign, from the root.
  ///   - command: what does an element, whose number is appended.
  ///   - variables: of the environment, that it needs.
  public init(folder: String, command: [String], variables: [String: String]) {
    self.folder = folder
    self.command = command
    self.variables = variables
  }

  /// Writes it, as a file that can be run.
  ///
  /// - Parameters:
  ///   - variable: what of the environment has the element's number.
  ///   - template: further lines for its top; `nil`: none.
  /// - Returns: its path.
  /// - Throws: kind `data` when it cannot be written.
  func write(numberedBy variable: String, template: String?) throws(RunError) -> String {
    let path = "\(folder)/\(Self.fileName)"
    let exports = variables.sorted { $0.key < $1.key }
      .map { "export \($0.key)=\(Self.quoted($0.value))\n" }
    let text =
      "#!/bin/bash\n" + (template.map { $0.hasSuffix("\n") ? $0 : $0 + "\n" } ?? "")
      // Slurm begins in /tmp, without an error, where the folder is not there.
      + "cd \(Self.quoted(folder)) || exit 90\n" + exports.joined()
      + "exec \(command.map(Self.quoted).joined(separator: " ")) \"$\(variable)\" 2>&1\n"
    try FileAccess.write(Array(text.utf8), to: path)
    guard chmod(path, 0o755) == 0 else { throw FileAccess.failure("cannot write '\(path)'") }
    return path
  }

  /// A word in single quotes.
  private static func quoted(_ word: String) -> String {
    "'\(word.replacing("'", with: "'\\''"))'"
  }

  /// Numbers as ranges, for example `1-3,7`.
  static func list(_ numbers: [Int]) -> String {
    var parts: [(Int, Int)] = []
    for number in numbers.sorted() {
      if let last = parts.last, last.1 + 1 == number {
        parts[parts.count - 1].1 = number
      } else {
        parts.append((number, number))
      }
    }
    return parts.map { $0.0 == $0.1 ? "\($0.0)" : "\($0.0)-\($0.1)" }.joined(separator: ",")
  }
}

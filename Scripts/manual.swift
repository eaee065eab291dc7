// Writes the manual pages qhost.1, qhost-run.1, ... from the argument parser's description of itself:
//
//   qhost --experimental-dump-help | swift Scripts/manual.swift FOLDER VERSION
import Foundation

struct Dump: Decodable {
  var command: Command
}

struct Command: Decodable {
  var commandName: String
  var abstract: String?
  var discussion: String?
  var arguments: [Argument]?
  var subcommands: [Command]?
}

struct Argument: Decodable {
  struct Name: Decodable {
    var kind: String
    var name: String

    var text: String { (kind == "long" ? "--" : "-") + name }
  }

  var kind: String
  var abstract: String?
  var defaultValue: String?
  var isOptional: Bool
  var isRepeating: Bool
  var names: [Name]?
  var sectionTitle: String?
  var shouldDisplay: Bool
  var valueName: String?

  /// The argument as it is typed, in troff.
  var usage: String {
    let value = "\\fI\(escaped((valueName ?? "value").uppercased()))\\fR"
    let spellings = (names ?? []).sorted { $0.text.count < $1.text.count }.map {
      "\\fB\(escaped($0.text))\\fR"
    }
    guard !spellings.isEmpty else { return value }
    return spellings.joined(separator: ", ") + (kind == "option" ? " " + value : "")
  }
}

/// Text that troff shows as it is.
func escaped(_ text: String) -> String {
  let plain = text.replacingOccurrences(of: "\\", with: "\\e")
    .replacingOccurrences(of: "-", with: "\\-")
  return plain.hasPrefix(".") || plain.hasPrefix("'") ? "\\&" + plain : plain
}

func paragraphs(_ text: String) -> [String] {
  text.split(separator: "\n").map { escaped(String($0)) }
}

func argumentLines(_ argument: Argument) -> [String] {
  var lines = [".TP", argument.usage]
  var text = argument.abstract ?? ""
  if let value = argument.defaultValue { text += " (default: \(value))" }
  lines += paragraphs(text.isEmpty ? "\\&" : text)
  return lines
}

func synopsis(_ command: Command, _ path: [String]) -> [String] {
  var words = ["\\fB\(escaped(path.joined(separator: " ")))\\fR"]
  let shown = (command.arguments ?? []).filter(\.shouldDisplay)
  if shown.contains(where: { $0.kind != "positional" }) { words.append("[\\fIoptions\\fR]") }
  for argument in shown where argument.kind == "positional" {
    words.append(argument.isOptional ? "[\(argument.usage)]" : argument.usage)
  }
  if command.subcommands != nil { words.append("\\fIsubcommand\\fR") }
  return [words.joined(separator: " ")]
}

func optionLines(_ command: Command) -> [String] {
  let displayed = (command.arguments ?? []).filter(\.shouldDisplay)
  let shown =
    displayed.filter { $0.sectionTitle == nil } + displayed.filter { $0.sectionTitle != nil }
  var lines: [String] = []
  var title: String?
  for argument in shown {
    if lines.isEmpty { lines.append(".SH OPTIONS") }
    if argument.sectionTitle != title, let section = argument.sectionTitle {
      lines.append(".SS \(escaped(section))")
    }
    title = argument.sectionTitle
    lines += argumentLines(argument)
  }
  return lines
}

func page(_ command: Command, _ path: [String], version: String) -> String {
  let name = path.joined(separator: "-")
  var lines = [".TH \"\(name.uppercased())\" 1 \"\" \"qhost \(version)\"", ".SH NAME"]
  lines.append("\(escaped(name)) \\- \(escaped(command.abstract ?? ""))")
  lines += [".SH SYNOPSIS"] + synopsis(command, path)
  if let discussion = command.discussion { lines += [".SH DESCRIPTION"] + paragraphs(discussion) }
  lines += optionLines(command)
  let subcommands = (command.subcommands ?? []).filter { $0.commandName != "help" }
  if !subcommands.isEmpty { lines.append(".SH SUBCOMMANDS") }
  for subcommand in subcommands {
    lines += [".TP", "\\fB\(escaped(name + "-" + subcommand.commandName))\\fR(1)"]
    lines += paragraphs(subcommand.abstract ?? "")
  }
  if path.count > 1 {
    lines += [".SH SEE ALSO", "\\fB\(escaped(path.dropLast().joined(separator: "-")))\\fR(1)"]
  }
  return lines.joined(separator: "\n") + "\n"
}

func write(_ command: Command, _ path: [String], version: String, to folder: URL) throws {
  let file = folder.appendingPathComponent(path.joined(separator: "-") + ".1")
  try page(command, path, version: version).write(to: file, atomically: true, encoding: .utf8)
  for subcommand in command.subcommands ?? [] where subcommand.commandName != "help" {
    try write(subcommand, path + [subcommand.commandName], version: version, to: folder)
  }
}

guard CommandLine.arguments.count == 3 else {
  print("usage: qhost --experimental-dump-help | swift manual.swift FOLDER VERSION")
  exit(2)
}
let dump = try JSONDecoder().decode(Dump.self, from: FileHandle.standardInput.readDataToEndOfFile())
try write(
  dump.command, [dump.command.commandName], version: CommandLine.arguments[2],
  to: URL(fileURLWithPath: CommandLine.arguments[1]))

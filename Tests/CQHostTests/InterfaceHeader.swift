import Foundation
import QHostPluginTesting

/// The structs and members that the interface's headers declare, in their order.
struct InterfaceHeader {
  struct Struct: Equatable {
    var name: String
    var members: [String]
  }

  let structs: [Struct]

  /// Reads all headers of the interface.
  init() throws {
    structs = try Self.names().flatMap { name in
      Self.structs(
        in: try String(contentsOfFile: "\(BuiltProducts.headers)/\(name)", encoding: .utf8))
    }
  }

  /// The headers as they are included, for example `qhost/base.h`, drafts after the rest.
  static func names() throws -> [String] {
    try ["qhost", "qhost/draft"].flatMap { folder in
      try FileManager.default.contentsOfDirectory(atPath: BuiltProducts.headers + "/" + folder)
        .filter { $0.hasSuffix(".h") }.sorted().map { "\(folder)/\($0)" }
    }
  }

  private static func structs(in text: String) -> [Struct] {
    text.replacing(/(?s)\/\*.*?\*\//, with: "")
      .matches(of: /typedef struct (\w+) \{(.*?)\n\} (\w+);/.dotMatchesNewlines())
      .map { match in
        let declarations = match.output.2.split(separator: ";").map {
          $0.trimmingCharacters(in: .whitespacesAndNewlines)
        }
        return Struct(
          name: String(match.output.3),
          members: declarations.filter { !$0.isEmpty }.map { member(declaredBy: $0) })
      }
  }

  /// The name in `(*name)(...)`, or the last word of a declaration.
  private static func member(declaredBy declaration: String) -> String {
    if let function = declaration.firstMatch(of: /\(\*(\w+)\)/) { return String(function.output.1) }
    return declaration.matches(of: /\w+/).last.map { String($0.output) } ?? declaration
  }

  /// A C program that prints the layout as the golden file has it.
  var layoutProgram: String {
    let drafts = ((try? Self.names()) ?? []).filter { $0.hasPrefix("qhost/draft/") }
    var lines =
      ["#include <qhost.h>", "#include <stdio.h>"] + drafts.map { "#include <\($0)>" }
      + ["int main(void) {"]
    for type in structs {
      lines.append("  printf(\"QHOST_STRUCT(\(type.name), %zu)\\n\", sizeof(\(type.name)));")
      for member in type.members {
        lines.append(
          "  printf(\"QHOST_MEMBER(\(type.name), \(member), %zu)\\n\", "
            + "offsetof(\(type.name), \(member)));")
      }
    }
    return (lines + ["  return 0;", "}"]).joined(separator: "\n") + "\n"
  }
}

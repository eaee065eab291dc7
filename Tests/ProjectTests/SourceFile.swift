import Foundation

/// A Swift file of the project.
struct SourceFile: Sendable, CustomStringConvertible {
  /// Its path from the project's folder.
  let description: String
  let text: String

  /// The project's folder.
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// All files in a folder of the project, deeper ones too.
  static func all(in folder: String) throws -> [SourceFile] {
    let names = FileManager.default.enumerator(atPath: root.appending(path: folder).path())
    let paths = (names?.allObjects as? [String] ?? []).filter { $0.hasSuffix(".swift") }
    return try paths.sorted().map { name in
      SourceFile(
        description: folder + "/" + name,
        text: try String(
          contentsOf: root.appending(path: folder).appending(path: name), encoding: .utf8))
    }
  }

  /// The folders in a folder of the project.
  static func folders(in folder: String) -> [String] {
    let path = root.appending(path: folder)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path.path())) ?? []
    return names.filter { !$0.hasPrefix(".") }.sorted()
  }

  /// The modules that it imports.
  var imports: [String] {
    text.split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      guard let place = words.firstIndex(of: "import"), place <= 2, place + 1 < words.count,
        !line.hasPrefix("/")
      else { return nil }
      return String(words[place + 1])
    }
  }

  /// Its texts in quotes, those of comments left out.
  var literals: Set<String> {
    var found: Set<String> = []
    for line in text.split(separator: "\n") where !line.drop(while: { $0 == " " }).hasPrefix("//") {
      let parts = line.split(separator: "\"", omittingEmptySubsequences: false)
      for place in stride(from: 1, to: parts.count, by: 2) { found.insert(String(parts[place])) }
    }
    return found
  }
}

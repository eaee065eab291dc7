import FoundationEssentials
import QHostInterfaces
import QHostRuntime

/// A language that plugins are written in.
enum PluginLanguage: String, CaseIterable {
  case c
  case cpp
  case rust
  case swift

  /// Its folder of templates.
  var folder: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
}

/// A plugin to start from: a folder that builds where it lies, under a name of its own.
struct PluginTemplate {
  private let folder: String
  private let kind: ComponentKind
  private let paths: SDKPaths

  /// Looks for the template, and for what its plugins are built from.
  ///
  /// - Throws: kind `usage` when one of them is missing.
  init(_ language: PluginLanguage, _ kind: ComponentKind) throws(RunError) {
    let templates = try InstalledFolder(
      "templates", inCheckout: "SDK/Templates", variable: "QHOST_TEMPLATES")
    folder = "\(templates.path)/\(language.folder)/\(kind.rawValue)"
    self.kind = kind
    guard FileAccess.exists(folder) else {
      throw RunError(
        .usage,
        "there is no template '\(language.folder)/\(kind.rawValue)' in '\(templates.path)'; set "
          + "QHOST_TEMPLATES to SDK/Templates of a checkout")
    }
    paths = try SDKPaths(templates: templates.path, language)
  }

  /// Writes the plugin into a new folder, which is there as a whole or not at all.
  ///
  /// - Returns: the commands that its README begins with.
  func write(_ name: PluginName, to path: String) throws(RunError) -> [String] {
    let partial = "\(path).\(ProcessInfo.processInfo.processIdentifier).partial"
    var isWritten = false
    defer { if !isWritten { try? FileManager.default.removeItem(atPath: partial) } }
    try copy(folder, to: partial, name)
    let readme = String(decoding: try FileAccess.read(partial + "/README.md"), as: UTF8.self)
    try FileAccess.move(partial, to: path)
    isWritten = true
    return readme.split(separator: "\n").drop { $0 != "```sh" }.dropFirst().prefix { $0 != "```" }
      .map(String.init)
  }

  private func copy(_ source: String, to path: String, _ name: PluginName) throws(RunError) {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: source) else {
      throw RunError(.data, "the template '\(source)' cannot be read; check its permissions")
    }
    try FileAccess.makeFolder(path)
    for file in names.sorted() where !Self.isBuilt(file) {
      let (from, to) = ("\(source)/\(file)", "\(path)/\(renamed(file, name))")
      var isFolder = false
      if FileManager.default.fileExists(atPath: from, isDirectory: &isFolder), isFolder {
        try copy(from, to: to, name)
      } else {
        let text = String(decoding: try FileAccess.read(from), as: UTF8.self)
        try FileAccess.write(Array(paths.put(into: renamed(text, name)).utf8), to: to)
      }
    }
  }

  /// What building a template in its own place leaves there.
  private static func isBuilt(_ file: String) -> Bool {
    file.hasPrefix(".") || file.hasSuffix(".so")
      || ["target", "Cargo.lock", "Package.resolved"].contains(file)
  }

  private func renamed(_ text: String, _ name: PluginName) -> String {
    let own = kind.rawValue
    return text.replacing("my-\(own)", with: name.kebab).replacing("my_\(own)", with: name.snake)
      .replacing("My\(own.prefix(1).uppercased())\(own.dropFirst())", with: name.pascal)
  }
}

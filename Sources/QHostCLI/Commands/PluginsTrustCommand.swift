import ArgumentParser
import QHostRuntime
import QHostTrusting

/// Where the user's list of trusted plugins is.
struct TrustOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Use this list of trusted plugins (default: .config/qhost/trust.json of the account).",
      valueName: "FILE"))
  var trustList: String?

  /// The path of the list.
  var path: String { trustList ?? TrustList.userPath }
}

/// `qhost plugins trust FILE...` and `qhost plugins trust --key NAME=KEY`.
struct PluginsTrustCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trust", abstract: "Trust a plugin's file, or all files that a key has signed.",
    discussion: """
      A file is trusted by its content: once it changes, it is not trusted any more. A key is a minisign public key, or \
      the path of its .pub file; a file is then trusted when a valid signature lies beside it, named as the file with .minisig after \
      it, whose trusted comment is the one that 'qhost plugins claim FILE' prints. Only this command changes what is trusted.
      """)

  @Argument(help: "Plugins' files.")
  var files: [String] = []

  @Option(
    help: ArgumentHelp("Trust this key. May be repeated.", valueName: "NAME=KEY"))
  var key: [String] = []

  @OptionGroup var options: TrustOptions

  func validate() throws {
    guard !files.isEmpty || !key.isEmpty else {
      throw ValidationError("there is nothing to trust; name a plugin's file, or --key NAME=KEY")
    }
  }

  func run() throws {
    var list = try TrustList(reading: options.path)
    var lines: [String] = []
    for file in files { lines.append(try Self.add(file, to: &list)) }
    for text in key { lines.append(try Self.add(key: text, to: &list)) }
    try list.write(to: options.path)
    print(lines.joined(separator: "\n"))
  }

  /// Adds a file by its content.
  private static func add(_ file: String, to list: inout TrustList) throws(RunError) -> String {
    let plugin = try TrustSubject(file)
    list.files.removeAll { $0.path == plugin.path || $0.sha256 == plugin.sha256 }
    list.files.append(
      TrustList.File(
        sha256: plugin.sha256, plugin: plugin.summary.name, version: plugin.summary.version,
        path: plugin.path))
    return "trusted: plugin '\(plugin.summary.name)' \(plugin.summary.version), \(plugin.path)"
  }

  /// Adds a key under a name.
  private static func add(key text: String, to list: inout TrustList) throws(RunError) -> String {
    guard let mark = text.firstIndex(of: "="), mark != text.startIndex else {
      throw RunError(.usage, "--key '\(text)' has no name; write NAME=KEY")
    }
    let name = String(text[..<mark])
    guard name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-_.@+".contains($0)) })
    else {
      throw RunError(
        .usage, "'\(name)' is not a name for a key; use letters, digits and -_.@+ only")
    }
    let key = try MinisignKey(String(text[text.index(after: mark)...]))
    if let former = list.keys.first(where: { $0.name == name && $0.key != key.text }) {
      throw RunError(
        .usage,
        "'\(name)' is the name of another key (\(MinisignKey(letters: former.key)?.name ?? "damaged")); take it away first with "
          + "'qhost plugins distrust --key \(name)'")
    }
    list.keys.removeAll { $0.key == key.text || $0.name == name }
    list.keys.append(TrustList.Key(name: name, key: key.text))
    return "trusted: all plugins signed by the key \(key.name) of '\(name)'"
  }
}

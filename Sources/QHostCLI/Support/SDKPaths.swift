import QHostRuntime

/// Where headers, crate and sources lie that new plugins are built from.
///
/// Templates name them by their places in a checkout, from where the templates lie.
struct SDKPaths {
  /// What templates say, and what is written instead; the longer ones first.
  private let replacements: [(String, String)]

  /// Takes them from a checkout: that of `QHOST_CHECKOUT`, or the one that the templates lie in; else from
  /// below the prefix that qhost is installed in.
  ///
  /// - Throws: kind `usage` when a plugin in the language needs what is not there.
  init(templates: String, _ language: PluginLanguage) throws(RunError) {
    let own = FileAccess.absolute(templates)
    var checkout =
      own.hasSuffix("/SDK/Templates") ? String(own.dropLast("/SDK/Templates".count)) : nil
    if let named = Environment.variables["QHOST_CHECKOUT"], !named.isEmpty {
      checkout = FileAccess.absolute(named)
    }
    let prefix = Environment.executable.split(separator: "/").dropLast(2).map { "/" + $0 }.joined()
    let include = checkout.map { $0 + "/SDK/C/include" } ?? prefix + "/include"
    let cpp = checkout.map { $0 + "/SDK/Cpp" } ?? prefix + "/include"
    let crate = checkout.map { $0 + "/SDK/Rust" } ?? prefix + "/share/qhost/rust"
    let needed =
      switch language {
      case .c: include + "/qhost.h"
      case .cpp: cpp + "/qhost.hpp"
      case .rust: crate + "/qhost-plugin/Cargo.toml"
      case .swift: (checkout ?? prefix) + "/Package.swift"
      }
    guard FileAccess.exists(needed) else {
      throw RunError(
        .usage,
        "there is no '\(needed)', which a plugin in this language is built from; set QHOST_CHECKOUT to a "
          + "checkout of qhost")
    }
    replacements = [
      ("../../../Rust", crate), ("../../../Cpp", cpp), ("../../../C/include", include),
      ("../../../..", checkout ?? prefix),
    ]
    // They go into Makefiles, TOML and Swift, each of which would need its own escapes.
    for (_, path) in replacements where path.contains(where: { "\"\\$#\n".contains($0) }) {
      throw RunError(
        .usage,
        "the path '\(path)' has a character that build files give a meaning to; set QHOST_CHECKOUT to another"
      )
    }
  }

  /// A template's text with the paths put in.
  func put(into text: String) -> String {
    replacements.reduce(text) { $0.replacing($1.0, with: $1.1) }
  }
}

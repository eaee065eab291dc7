import QHostRuntime

/// The name of a new plugin in the forms that languages write names in.
struct PluginName {
  /// The name on the command line: `tilt-search`.
  let kebab: String
  /// A C identifier: `tilt_search`.
  let snake: String
  /// A type: `TiltSearch`.
  let pascal: String

  /// Takes a name apart.
  ///
  /// - Throws: kind `usage` when it is not an identifier in one of the languages.
  init(_ name: String) throws(RunError) {
    let words = name.split(separator: "-", omittingEmptySubsequences: false)
    let isName =
      name.utf8.count <= 64
      && words.allSatisfy { word in
        !word.isEmpty && word.utf8.allSatisfy { 97...122 ~= $0 || 48...57 ~= $0 }
      }
    guard isName, let first = name.utf8.first, 97...122 ~= first else {
      throw RunError(
        .usage,
        "'\(name)' cannot be a plugin's name: it must be words of a-z and 0-9 that hyphens join, begin with "
          + "a letter, and have at most 64 characters" + Self.suggestion(for: name))
    }
    let pascal = words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    self.pascal = pascal
    kebab = name
    snake = words.joined(separator: "_")
    guard !Self.keywords.contains(snake), !Self.types.contains(pascal) else {
      throw RunError(
        .usage,
        "'\(name)' cannot be a plugin's name: it means something in C, C++, Rust or Swift; try "
          + "'my-\(name)'")
    }
  }

  private static func suggestion(for name: String) -> String {
    var words: [String] = [""]
    for character in name.lowercased() {
      if character.isASCII, character.isLetter || character.isNumber {
        words[words.count - 1].append(character)
      } else if words.last != "" {
        words.append("")
      }
    }
    let joined = words.filter { !$0.isEmpty }.joined(separator: "-")
    guard let first = joined.first, first.isLetter, joined.utf8.count <= 64 else { return "" }
    return "; try '\(joined)'"
  }

  /// Keywords of one word, which no file, crate or module may be called by.
  private static let keywords = Set(
    """
    abstract alignas alignof alloc and any as asm associatedtype async auto await become bool box break case \
    catch char class concept const constexpr continue core crate decltype default defer deinit delete deps do \
    double dyn else enum explicit export extension extern fallthrough false fileprivate final float fn for \
    friend func goto guard if impl import in init inline inout int internal is let long loop macro main match \
    mod move mut mutable namespace new nil noexcept not nullptr open operator or override package priv private \
    protocol public pub ref register repeat requires rethrows return self short signed sizeof some static std \
    struct subscript super swift switch template test this throw throws trait true try typealias typedef typeid \
    typename typeof union unsafe unsized unsigned use using var virtual void volatile where while xor yield
    """.split(separator: " ").map(String.init))

  /// Types that templates use, or that every file of a language knows.
  private static let types = Set(
    """
    About Answer Any Array Ask Attribute Batch Block Bool Box Build Calibration Character CompiledModel \
    Component ComponentDescriptor ComponentError ComponentKind ComponentRequest Configuration Constant Contents \
    Cost Dataset DatasetDescription Dictionary Double Err Error Float Glibc Graph Host Int Kind Level Mapping \
    Mode Model ModelDescription ModelSession Never Node None Numbers Ok Optimizer Optional Option Packets \
    Parameter ParameterBlock Plugin PluginTable Problem Query QueryKinds Reason Request Result Rows Scaling \
    Scoring Self Send Session Set Shape Sink Solver Some Split StateReader StateWriter String Substring Swift \
    Sync Target Task Topology Type Vec Void
    """.split(separator: " ").map(String.init))
}

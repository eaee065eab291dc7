/// Identifiers of C for the names of a graph, no two alike.
struct NameTable {
  private var taken: Set<String>

  /// What the source uses itself, and what C and its headers have.
  private static let reserved: Set<String> = [
    "auto", "break", "case", "char", "const", "continue", "default", "do", "double", "else", "enum",
    "extern", "float", "for", "goto", "if", "inline", "int", "long", "register", "restrict",
    "return", "short", "signed", "sizeof", "static", "struct", "switch", "typedef", "union",
    "unsigned", "void", "volatile", "while", "main", "asm", "fortran", "position", "i", "k", "f",
    "y", "x", "c", "v", "h", "t", "w", "sum", "best", "row", "column", "taps", "tap_v", "tap_h",
    "line",
    "place", "total", "tanhf", "expf", "sinf", "cosf", "sqrtf", "floorf", "fabsf", "logf", "erff",
    "rintf", "reals",
  ]

  /// A table in which some names are taken.
  init(taken: [String] = []) { self.taken = Self.reserved.union(taken) }

  /// An identifier like a name.
  mutating func identifier(_ name: String) -> String {
    var text = String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    // Names that begin with a line belong to compilers.
    if text.first.map({ !$0.isLetter }) ?? true { text = "v" + text }
    // Not longer than what every compiler tells apart.
    let base = String(text.prefix(48))
    var (result, count) = (base, 1)
    while !taken.insert(result).inserted {
      count += 1
      result = "\(base)_\(count)"
    }
    return result
  }
}

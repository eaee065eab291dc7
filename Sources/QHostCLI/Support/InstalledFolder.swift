import FoundationEssentials
import QHostRuntime

/// A folder that comes with qhost: installed beside the program, or in the checkout that it was built in.
struct InstalledFolder {
  /// Where it is.
  let path: String
  /// The names in it, sorted.
  let names: [String]

  /// Looks for the folder: where a variable says, `../share/qhost/NAME` beside the program, or, in a
  /// checkout, in a folder above it.
  ///
  /// - Parameters:
  ///   - name: its name below `share/qhost`, which messages use too.
  ///   - place: its path in a checkout.
  ///   - variable: the variable that goes before both.
  /// - Throws: kind `usage` when there is none.
  init(_ name: String, inCheckout place: String, variable: String) throws(RunError) {
    let own = Self.parent(of: Environment.executable)
    var candidates = [own + "/../share/qhost/" + name]
    var above = own
    while !above.isEmpty {
      candidates.append(above + "/" + place)
      above = Self.parent(of: above)
    }
    if let named = Environment.variables[variable], !named.isEmpty { candidates = [named] }
    for candidate in candidates {
      guard let files = try? FileManager.default.contentsOfDirectory(atPath: candidate) else {
        continue
      }
      path = candidate
      names = files.sorted()
      return
    }
    throw RunError(
      .usage, "there is no folder of \(name) at \(candidates[0]); set \(variable) to one")
  }

  private static func parent(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }
}

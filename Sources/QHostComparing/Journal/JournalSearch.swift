internal import Glibc
internal import QHostRuntime

/// Journals in folders.
public enum JournalSearch {
  /// How many folders deep they are looked for.
  private static let depth = 4

  /// The folders below a folder, and itself, that have a journal.
  ///
  /// Links to folders are not followed, so that nothing outside the folder is found.
  ///
  /// - Parameter folder: where to look.
  /// - Returns: paths that begin with the folder, in order.
  public static func folders(in folder: String) -> [String] { search(folder, depth) }

  private static func search(_ folder: String, _ depth: Int) -> [String] {
    let own = FileAccess.exists("\(folder)/\(JournalContents.fileName)") ? [folder] : []
    // What a campaign has in its folders is in its own journal too.
    guard depth > 0, !FileAccess.exists("\(folder)/\(Campaign.fileName)") else { return own }
    return own + subfolders(folder).flatMap { search("\(folder)/\($0)", depth - 1) }
  }

  /// The names of the folders in a folder, in order; of links to folders, none.
  static func subfolders(_ folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      guard entry.pointee.d_type == UInt8(DT_DIR) else { continue }
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }
}

extension NamedJournal {
  /// The journals that a user means: of a folder with one, or of the folders in it.
  ///
  /// - Parameter text: `PLACE` or `NAME=PLACE`.
  /// - Returns: at least one; the place itself, which cannot be read then, where there is none.
  public static func all(_ text: String) -> [NamedJournal] {
    let journal = NamedJournal(text)
    guard journal.name == nil, !FileAccess.exists(journal.path) else { return [journal] }
    let found = JournalSearch.folders(in: text).map {
      NamedJournal(path: "\($0)/\(JournalContents.fileName)")
    }
    return found.isEmpty ? [journal] : found
  }
}

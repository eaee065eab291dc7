import QHostDatasets
import QHostInterfaces
internal import QHostYAML

extension CSVTable {
  /// The column that a parameter names: by its name, or by its number from 1.
  ///
  /// - Throws: an error of kind `parameter` that suggests the most similar name.
  func column(_ text: String, parameter: String) throws(ComponentError) -> Int {
    if let index = names.firstIndex(of: text) { return index }
    if let number = Int(text) {
      guard names.indices.contains(number - 1) else {
        throw .parameter(
          "\(parameter) \(number): '\(path)' has columns 1 to \(names.count); give one of these "
            + "numbers or a name")
      }
      return number - 1
    }
    var hint = "its columns are \(Self.listing(names))"
    if let name = SimilarName.of(text, among: names) { hint = "did you mean '\(name)'?" }
    throw .parameter("\(parameter): '\(path)' has no column '\(text)'; \(hint)")
  }

  /// The columns that a list names, separated by commas.
  func columns(_ list: String, parameter: String) throws(ComponentError) -> Set<Int> {
    var found: Set<Int> = []
    for item in list.split(separator: ",") {
      let name = String(item.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
      found.insert(try column(name, parameter: parameter))
    }
    return found
  }

  private static func listing(_ names: [String]) -> String {
    let shown = names.prefix(12).map { "'\($0)'" }.joined(separator: ", ")
    return names.count > 12 ? "\(shown) and \(names.count - 12) more" : shown
  }
}

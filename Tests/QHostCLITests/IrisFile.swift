import Foundation

/// The iris flowers as a file of a user's, row by row in the order of species: made by the program's own export.
struct IrisFile {
  /// The names of the measurements.
  let heading: [String]
  /// [150] of four.
  let measurements: [[String]]
  /// [150].
  let classes: [String]

  init() {
    var (heading, rows): ([String], [[String]]) = ([], [])
    if let program = try? Program() {
      _ = try? program.run("data", "export", "iris", "--format", "csv", "--output", "iris")
      for name in program.files(in: "iris").sorted() {
        let path = program.folder + "/iris/" + name
        let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        let lines = text.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
        heading = Array(lines.first?.dropLast() ?? [])
        rows += lines.dropFirst()
      }
    }
    rows.sort { ($0.last ?? "", $0.joined()) < ($1.last ?? "", $1.joined()) }
    self.heading = heading
    measurements = rows.map { Array($0.dropLast()) }
    classes = rows.map { $0.last ?? "" }
  }

  /// The file.
  ///
  /// - Parameters:
  ///   - order: of the measurements.
  ///   - hasClasses: whether the last column is the species.
  ///   - hasIndex: whether a column without a name counts the rows first, as R and pandas write it.
  /// - Returns: comma-separated values.
  func text(order: [Int] = [0, 1, 2, 3], hasClasses: Bool = true, hasIndex: Bool = false) -> String
  {
    var lines = [order.map { heading[$0] } + (hasClasses ? ["species"] : [])]
    for (row, name) in zip(measurements, classes) {
      lines.append(order.map { row[$0] } + (hasClasses ? [name] : []))
    }
    return lines.enumerated().map { place, fields in
      ((hasIndex ? [place == 0 ? "" : "\(place)"] : []) + fields).joined(separator: ",") + "\n"
    }.joined()
  }
}

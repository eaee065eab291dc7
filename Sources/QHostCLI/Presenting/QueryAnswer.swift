import QHostQuerying
import QHostRuntime

/// The answer to a query, as a table, as JSON or as comma-separated values.
struct QueryAnswer {
  private static let nothing = "–"
  /// Text is written in pieces of about so many bytes.
  private static let pieceBytes = 1 << 16

  private let query: JournalQuery

  init(_ query: JournalQuery) { self.query = query }

  /// For people: numbers with six digits at most.
  func printTable() throws(RunError) {
    var rows: [[QueryValue]] = []
    while let row = try query.next() { rows.append(row) }
    let columns = query.columns.enumerated().map { place, name in
      let values = rows.map { $0[place] }
      return TextTable.Column(
        heading: name, cells: values.map(Self.text), isText: values.contains(where: Self.isText))
    }
    guard let first = columns.first else { return }
    let table = TextTable(groups: [], names: first, columns: Array(columns.dropFirst()))
    let lines = table.lines(width: Terminal.outputWidth).map { line in
      line.isHeading ? Terminal.styled(line.text, .bold, toOutput: true) : line.text
    }
    print(lines.joined(separator: "\n"))
  }

  /// One object with the columns' names and the rows.
  func printJSON() throws(RunError) {
    struct Answer: Encodable {
      var schema = "qhost.query/1"
      let columns: [String]
      var rows: [[QueryValue]] = []
    }
    var answer = Answer(columns: query.columns)
    while let row = try query.next() { answer.rows.append(row) }
    print(try JSONText.of(answer))
  }

  /// A heading and the rows, with every digit; no value is an empty field.
  func printCSV() throws(RunError) {
    var piece = query.columns.map(CSVFieldText.of).joined(separator: ",") + "\n"
    while let row = try query.next() {
      piece += row.map(Self.field).joined(separator: ",") + "\n"
      guard piece.utf8.count > Self.pieceBytes else { continue }
      print(piece, terminator: "")
      piece = ""
    }
    print(piece, terminator: "")
  }

  private static func isText(_ value: QueryValue) -> Bool {
    if case .text = value { true } else { false }
  }

  private static func text(_ value: QueryValue) -> String {
    switch value {
    case .null: nothing
    case .integer(let number): "\(number)"
    case .real(let number): Numbers.short(number, 6)
    case .text(let text): text
    }
  }

  private static func field(_ value: QueryValue) -> String {
    switch value {
    case .null: ""
    case .integer(let number): "\(number)"
    case .real(let number): "\(number)"
    case .text(let text): CSVFieldText.of(text)
    }
  }
}

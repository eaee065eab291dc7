import QHostQuerying
import QHostRuntime

/// The tables that queries know, for people and programs.
struct SchemaText {
  let text: String

  init(isJSON: Bool, isCSV: Bool) throws(RunError) {
    if isJSON {
      text = try JSONText.of(Schema())
    } else if isCSV {
      let lines = TableLayout.all.flatMap { table in
        table.columns.map { [table.name, $0.name, $0.type, $0.meaning] }
      }
      text = ([["table", "column", "type", "meaning"]] + lines)
        .map { $0.map(CSVFieldText.of).joined(separator: ",") }.joined(separator: "\n")
    } else {
      text = TableLayout.all.map(Self.section).joined(separator: "\n\n")
    }
  }

  private static func section(_ table: TableLayout) -> String {
    let width = table.columns.map(\.name.count).max() ?? 0
    let lines = table.columns.map { column in
      let name = column.name + String(repeating: " ", count: width - column.name.count)
      let type = column.type + String(repeating: " ", count: 7 - column.type.count)
      return "  \(name)  \(type)  \(column.meaning)"
    }
    let heading = Terminal.styled(table.name, .bold, toOutput: true)
    return ([heading + ": a row is " + table.row] + lines).joined(separator: "\n")
  }

  private struct Schema: Encodable {
    struct Table: Encodable {
      let name: String
      let row: String
      let columns: [Column]
    }
    struct Column: Encodable {
      let name: String
      let type: String
      let meaning: String
    }
    var schema = "qhost.query-schema/1"
    var tables = TableLayout.all.map { table in
      Table(
        name: table.name, row: table.row,
        columns: table.columns.map { Column(name: $0.name, type: $0.type, meaning: $0.meaning) })
    }
  }
}

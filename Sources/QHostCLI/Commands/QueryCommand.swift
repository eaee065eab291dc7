import ArgumentParser
import QHostComparing
import QHostQuerying
import QHostRuntime

/// Asks journals in SQL.
struct QueryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query",
    abstract: "Ask the journals of comparisons in SQL.",
    discussion: """
      The tables are cells, improvements and metrics; --schema lists their columns.
        qhost query 'SELECT optimizer, count(*), avg(value) FROM cells GROUP BY optimizer' DIR
        qhost query --csv 'SELECT seed, evaluations, best_loss FROM improvements WHERE seed < 4' DIR
      FOLDER is one of 'qhost compare', a journal file, or a folder with several of them; NAME=FOLDER gives the
      column journal a name. Journals may be read while they are being written. Nothing is written: SQL that
      would is refused. The SQL is SQLite's, with its functions.
      """)

  @Argument(help: "One statement, and the folders.")
  var sqlAndFolders: [String] = []

  @Flag(help: "List the tables and their columns.")
  var schema = false

  @Flag(help: "Print one JSON object (schema qhost.query/1) instead of text.")
  var json = false

  @Flag(help: "Print comma-separated values with a heading instead of text.")
  var csv = false

  func validate() throws {
    if json, csv { throw ValidationError("--json and --csv print the same; leave one of them out") }
    if schema {
      guard sqlAndFolders.isEmpty else {
        throw ValidationError("--schema is of all journals; leave SQL and folders out")
      }
    } else if sqlAndFolders.count < 2 {
      throw ValidationError("name the SQL, then the folders to ask; or --schema")
    }
  }

  func run() throws {
    guard !schema else { return print(try SchemaText(isJSON: json, isCSV: csv).text) }
    let journals = sqlAndFolders.dropFirst().flatMap(NamedJournal.all)
    let query = try JournalQuery(sqlAndFolders[0], journals)
    if json {
      try QueryAnswer(query).printJSON()
    } else if csv {
      try QueryAnswer(query).printCSV()
    } else {
      try QueryAnswer(query).printTable()
    }
  }
}

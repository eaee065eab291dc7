/// A table as users see it: its columns, their types and what they mean.
public struct TableLayout: Sendable {
  /// A column.
  public struct Column: Sendable {
    /// Its name.
    public let name: String
    /// `INTEGER`, `REAL` or `TEXT`.
    public let type: String
    /// What it has, in a few words, with its unit.
    public let meaning: String
  }

  /// The table's name.
  public let name: String
  /// What a row is.
  public let row: String
  /// Its columns.
  public let columns: [Column]

  /// What SQLite is told.
  var declaration: String {
    let parts = columns.map { "\"\($0.name)\" \($0.type)" }
    return "CREATE TABLE \(name)(\(parts.joined(separator: ", ")))"
  }

  /// The place of the column that tables are joined by.
  var cellColumn: Int { columns.firstIndex { $0.name == "cell" } ?? -1 }
}

extension TableLayout {
  private static func column(_ name: String, _ type: String, _ meaning: String) -> Column {
    Column(name: name, type: type, meaning: meaning)
  }

  private static let head = [
    column("journal", "TEXT", "the journal's name as NAME=FOLDER gives it, else its file"),
    column("cell", "INTEGER", "the number of the cell in its journal, from 1"),
    column("dataset", "TEXT", "label"), column("model", "TEXT", "label"),
    column("optimizer", "TEXT", "label"), column("seed", "INTEGER", "the seed"),
  ]

  /// Every cell that has ended.
  static let cells = TableLayout(
    name: "cells", row: "a cell that has ended",
    columns: head + [
      column("target", "TEXT", "label; NULL when models are not deployed"),
      column("solver", "TEXT", "label of what stands at optimizer.solver; NULL: nothing"),
      column("dependencies", "TEXT", "labels of all dependencies by place, as a JSON object"),
      column("outcome", "TEXT", "why the run stopped, such as budgetSpent; 'failed'"),
      column("failure_kind", "TEXT", "usage, plugin, data or worker; NULL of a run"),
      column("failure", "TEXT", "what failed, a sentence; NULL of a run"),
      column("loss", "TEXT", "the loss that was minimised"),
      column("best_loss", "REAL", "the best training loss that the optimizer saw"),
      column("metric", "TEXT", "the figure that is compared, such as 'test accuracy'"),
      column("value", "REAL", "that figure"),
      column("feasible", "INTEGER", "1: all constraints hold, 0: not; NULL: there are none"),
      column("loss_evaluations", "INTEGER", "losses"),
      column("gradient_evaluations", "INTEGER", "gradients"),
      column("passes", "REAL", "passes of the whole training split, by work"),
      column("seconds", "REAL", "s"), column("cpu_seconds", "REAL", "s of processor time"),
      column("optimizer_seconds", "REAL", "s in the optimizer itself"),
      column("peak_bytes", "INTEGER", "most memory that was held"),
      column("parameters", "INTEGER", "trainable parameters of the model"),
      column("start_hash", "TEXT", "SHA-256 of the starting point"),
    ])

  /// How best losses came about.
  static let improvements = TableLayout(
    name: "improvements", row: "an improvement of a run's best loss",
    columns: head + [
      column("step", "INTEGER", "the number of the improvement in its run, from 1"),
      column("evaluations", "INTEGER", "losses and gradients so far"),
      column("passes", "REAL", "passes of the whole training split so far"),
      column("seconds", "REAL", "s so far"), column("best_loss", "REAL", "the best loss so far"),
    ])

  /// The figures of runs that ended.
  static let metrics = TableLayout(
    name: "metrics", row: "a figure of a run",
    columns: head + [
      column("split", "TEXT", "train, validation, test; target: what was deployed"),
      column("metric", "TEXT", "such as accuracy"), column("value", "REAL", "the figure"),
      column("error", "REAL", "its standard error; NULL: none is known"),
      column("unit", "TEXT", "NULL: none"),
      column("direction", "TEXT", "lower, higher or neutral: which values are better"),
    ])

  /// All tables.
  public static let all = [cells, improvements, metrics]
}

import QHostComparing
import QHostRuntime
import Testing

@Suite("Exported tables")
struct CSVTablesTests {
  /// The rows of a table by RFC 4180.
  private func rows(_ text: String) -> [[String]] {
    var rows: [[String]] = [[""]]
    var isQuoted = false
    var previous: Character = "\n"
    for character in text {
      let last = (rows.count - 1, rows[rows.count - 1].count - 1)
      switch character {
      case "\"":
        // A second quote in a quoted field stands for one.
        if !isQuoted, previous == "\"" { rows[last.0][last.1].append("\"") }
        isQuoted.toggle()
      case "," where !isQuoted: rows[last.0].append("")
      case "\n" where !isQuoted: rows.append([""])
      default: rows[last.0][last.1].append(character)
      }
      previous = character
    }
    return rows.dropLast()
  }

  @Test("have one row for each run and improvement, failures among the runs")
  func tables() throws {
    var journal = try JournalMaking(seeds: 3)
    journal.add(.init())
    journal.addFailure(seed: 2, #"it said \"no\", twice"#)
    journal.add(.init(dataset: "functions[dimension=2,function=sphere]", seed: 3))
    let export = try ExportFormat.csv.export(of: journal.runs())
    #expect(export.files.map(\.path) == ["runs.csv", "improvements.csv"])
    let runs = rows(try export.text("runs.csv"))
    #expect(runs.count == 4)
    #expect(Set(runs.map(\.count)) == [17])
    let columns = Dictionary(uniqueKeysWithValues: zip(runs[0], runs[0].indices))
    func value(_ row: Int, _ name: String) throws -> String {
      runs[row][try #require(columns[name], "\(name)")]
    }
    #expect(try value(1, "seed") == "1")
    #expect(try value(1, "outcome") == "budgetSpent")
    #expect(try value(1, "loss_evaluations") == "120")
    #expect(try value(1, "parameter_count") == "2")
    #expect(try value(1, "train_loss") == "1e-09")
    #expect(try value(2, "dataset") == "functions[dimension=2,function=sphere]")
    #expect(try value(3, "outcome") == "failed")
    #expect(try value(3, "failure") == #"it said "no", twice"#)
    let improvements = rows(try export.text("improvements.csv"))
    #expect(improvements.count == 1 + 2 * 4)
    #expect(improvements[2].suffix(4) == ["3", "6.0", "0.003", "2.0"])
  }

  @Test("have columns for what runs did on targets")
  func targets() throws {
    var journal = try JournalMaking()
    journal.add(.init())
    journal.add(.init(target: "t"))
    let runs = rows(try ExportFormat.csv.export(of: journal.runs()).text("runs.csv"))
    #expect(
      runs[0].suffix(6) == [
        "target_accuracy", "target_agreement", "target_bytes", "target_cycles", "train_loss",
        "failure",
      ])
    #expect(runs[1].suffix(6) == ["", "", "", "", "1e-09", ""])
    #expect(runs[2].suffix(6) == ["0.75", "1.0", "900.0", "2.5", "1e-09", ""])
  }
}

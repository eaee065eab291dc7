import Testing

@Suite("The table that a comparison ends with")
struct ComparisonTableTests {
  /// The lines of a comparison's table, on so many columns.
  static func lines(_ columns: Int?, _ words: [String]) throws -> [String] {
    let program = try Program(columns.map { ["COLUMNS": "\($0)"] } ?? [:])
    let result = try program.run(
      ["compare", "--seeds", "2", "--max-evals", "40", "--quiet", "--output", "out"] + words)
    #expect(result.code == 0, "\(result.error)")
    // The path of the journal is as long as it is.
    return result.output.split(separator: "\n").map(String.init).filter {
      !$0.hasPrefix("journal: ")
    }
  }

  @Test("Few short names fit into 80 columns as they are, with all that was spent side by side")
  func short() throws {
    let lines = try Self.lines(80, ["-o", "tunneling,adam,ga,sa"])
    #expect(lines[0].hasPrefix("optimizer"))
    #expect(lines[0].contains(/evaluations +passes +processor +time$/))
    #expect(lines[1].hasPrefix("tunneling  "))
    #expect(lines.allSatisfy { $0.count <= 80 })
    #expect(lines.count == 8)
  }

  @Test("Long names and many axes keep within the terminal, and lose nothing")
  func long() throws {
    let optimizers = [
      "ga[population=20,elite=2,mutation_rate=0.05]", "sa[proposal=coordinate]", "random",
    ]
    let words = [
      "-o", optimizers.joined(separator: ","), "-m", "direct", "-d",
      "functions[function=sphere,rastrigin,dimension=10]",
    ]
    let whole = try Self.lines(nil, words)
    for columns in [40, 60, 80, 120] {
      let lines = try Self.lines(columns, words)
      #expect(lines.prefix { !$0.contains("cells") }.allSatisfy { $0.count <= max(columns, 45) })
      let text = lines.joined().replacing(" ", with: "")
      for heading in ["optimizer", "median", "mean", "evaluations", "passes", "processor"] {
        #expect(text.contains(heading), "\(columns): \(heading)")
      }
      #expect(text.contains("functions[dimension=10,function=rastrigin]"))
    }
    #expect(whole.contains { $0.count > 80 })
    #expect(try Self.lines(80, words).allSatisfy { $0.count <= 80 })
  }

  @Test("A solver that is compared with others is shown")
  func solvers() throws {
    let words = ["-o", "tunneling", "--solver", "finite-difference,split-operator"]
    #expect(try Self.lines(nil, words)[0].contains("solver"))
    #expect(try !Self.lines(nil, ["-o", "tunneling,ga"])[0].contains("solver"))
  }
}

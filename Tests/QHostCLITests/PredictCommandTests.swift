import Foundation
import Testing

@Suite("qhost predict")
struct PredictCommandTests {
  private static let iris = IrisFile()

  /// Trains on a file of the program's folder, and gives the model's path.
  private func train(_ program: Program, _ path: String, _ options: String...) throws -> String {
    let result = try program.run(
      [
        "run", "--optimizer", "adam", "--dataset", "csv", "--set", "dataset.path=\(path)",
        "--quiet",
        "--output", "out", "--max-forward-equivalents", "2000",
      ] + options)
    #expect(result.code == 0, "\(result.error)")
    return "out/model.safetensors"
  }

  private func rows(_ result: Program.Result) -> [[String]] {
    #expect(result.code == 0, "\(result.error)")
    return result.output.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  @Test("gives the classes of new rows in the words of the training, whatever the order of columns")
  func classesByName() throws {
    let program = try Program()
    let model = try train(program, try program.write(Self.iris.text(), to: "iris.csv"))
    _ = try program.write(
      Self.iris.text(order: [3, 1, 0, 2], hasClasses: false, hasIndex: true), to: "new.csv")
    let table = rows(
      try program.run(
        "predict", model, "--dataset", "csv", "--set", "dataset.path=new.csv", "--quiet"))
    #expect(table[0] == ["row", "class", "P(setosa)", "P(versicolor)", "P(virginica)"])
    #expect(table.count == 151)
    let right = zip(table.dropFirst(), Self.iris.classes).filter { $0[1] == $1 }.count
    #expect(right >= 145, "\(right) of 150")
    for row in table.dropFirst() {
      let parts = row.dropFirst(2).compactMap { Double($0) }
      #expect(abs(parts.reduce(0, +) - 1) < 1e-5)
      let best = parts.indices.max { parts[$0] < parts[$1] }
      #expect(best.map { ["setosa", "versicolor", "virginica"][$0] } == row[1])
    }
    #expect(table.dropFirst().map { $0[0] } == (1...150).map(String.init))
  }

  /// Rows of two kinds, as a spreadsheet in German settings writes them: with row numbers, decimal commas and umlauts.
  private func germanRows(_ numbers: Range<Int>) -> [(fields: [String], kind: String)] {
    func text(_ value: Double) -> String {
      String(format: "%.2f", value).replacingOccurrences(of: ".", with: ",")
    }
    return numbers.map { row in
      let isLarge = row % 2 == 0
      let change = Double(row % 7) * 0.05
      let fields = [
        "\(row + 1)", text((isLarge ? 7 : 4) + change), text((isLarge ? 3.1 : 1.4) - change),
        row % 3 == 0 ? "rot" : "grün",
      ]
      return (fields, isLarge ? "groß" : "klein")
    }
  }

  @Test(
    "of a table in German settings, with row numbers, gives the classes of new rows in its words")
  func germanTable() throws {
    let program = try Program()
    let old = germanRows(0..<60).map { ($0.fields + [$0.kind]).joined(separator: ";") }
    let path = try program.write(
      ([";Länge;Breite;Farbe;Art"] + old).joined(separator: "\r\n") + "\r\n", to: "alt.csv")
    let model = try train(program, path, "--set", "dataset.ignore=1")
    let new = germanRows(60..<90)
    let lines = new.map { "\($0.fields[3]);\($0.fields[2]);\($0.fields[1])" }
    _ = try program.write(
      (["Farbe;Breite;Länge"] + lines).joined(separator: "\n") + "\n", to: "neu.csv")
    let table = rows(
      try program.run(
        "predict", model, "--dataset", "csv", "--set", "dataset.path=neu.csv", "--quiet"))
    #expect(table[0] == ["row", "class", "P(groß)", "P(klein)"])
    #expect(table.dropFirst().map { $0[1] } == new.map(\.kind))
  }

  @Test("gives the same of a file with targets, of one without, and as JSON")
  func forms() throws {
    let program = try Program()
    let model = try train(program, try program.write(Self.iris.text(), to: "iris.csv"))
    _ = try program.write(Self.iris.text(hasClasses: false), to: "new.csv")
    let plain = try program.run("predict", model, "--quiet")
    let without = try program.run(
      "predict", "out", "--dataset", "csv", "--set", "dataset.path=new.csv", "--quiet")
    #expect(plain.output == without.output)
    let written = try program.run("predict", model, "--quiet", "--output", "result.csv")
    #expect(written.output.isEmpty)
    let text = try String(contentsOfFile: program.folder + "/result.csv", encoding: .utf8)
    #expect(text == plain.output)
    let object = try program.run("predict", model, "--json", "--quiet").json()
    #expect(object["schema"] as? String == "qhost.predictions/1")
    #expect(object["rows"] as? Int == 150)
    let predictions = try #require(object["predictions"] as? [[String: Any]])
    #expect(predictions.map { $0["class"] as? String } == rows(plain).dropFirst().map { $0[1] })
  }

  @Test("takes one row, and a table of another dataset")
  func otherTables() throws {
    let program = try Program()
    let model = try train(program, try program.write(Self.iris.text(), to: "iris.csv"))
    _ = try program.write(
      "\(Self.iris.heading.joined(separator: ","))\n5.1,3.5,1.4,0.2\n", to: "1.csv")
    let one = rows(
      try program.run("predict", model, "--set", "dataset.path=1.csv", "--quiet"))
    #expect(one.count == 2)
    #expect(one[1][1] == "setosa")
    // The embedded table has the same columns.
    let other = rows(try program.run("predict", model, "--dataset", "iris", "--quiet"))
    #expect(other.count == 151)
  }

  @Test("refuses columns and categories that are not the model's, with both lists")
  func foreignColumns() throws {
    let program = try Program()
    var text = "len,colour,kind\n"
    for row in 0..<40 {
      text +=
        "\(Double(row) / 10),\(row % 2 == 0 ? "brown" : "white"),\(row < 20 ? "field" : "runner")\n"
    }
    let model = try train(program, try program.write(text, to: "beans.csv"))
    _ = try program.write("length,colour\n1,brown\n", to: "name.csv")
    expectRefusal(
      try program.run("predict", model, "--set", "dataset.path=name.csv", "--quiet"), code: 5,
      "'len'", "'length'", "'colour=brown'")
    _ = try program.write("len,colour\n1,brown\n2,black\n", to: "category.csv")
    expectRefusal(
      try program.run("predict", model, "--set", "dataset.path=category.csv", "--quiet"), code: 5,
      "line 3", "'black'", "'brown', 'white'")
    // A category that no row has is no other table.
    _ = try program.write("colour,len\nbrown,0.1\nbrown,3.9\n", to: "few.csv")
    let table = rows(try program.run("predict", model, "--set", "dataset.path=few.csv", "--quiet"))
    #expect(table.dropFirst().map { $0[1] } == ["field", "runner"])
  }

  @Test("gives numbers in the unit of the training's table")
  func numbers() throws {
    let program = try Program()
    var text = "area,rooms,price\n"
    for row in 0..<80 {
      let (area, rooms) = (40 + Double(row * 37 % 83), Double(1 + row % 5))
      text += "\(area),\(rooms),\(2_500 * area + 9_000 * rooms + 30_000)\n"
    }
    let model = try train(program, try program.write(text, to: "houses.csv"))
    _ = try program.write("rooms,area\n3,100\n1,60\n", to: "new.csv")
    let table = rows(try program.run("predict", model, "--set", "dataset.path=new.csv", "--quiet"))
    #expect(table[0] == ["row", "price"])
    for (row, price) in [(1, 307_000.0), (2, 189_000.0)] {
      let value = try #require(Double(table[row][1]))
      #expect(abs(value - price) < 0.05 * price)
    }
  }

  @Test("refuses a scenario, which has no rows")
  func scenario() throws {
    let program = try Program()
    _ = try program.run(
      "run", "--optimizer", "random", "--model", "direct", "--dataset", "functions", "--max-evals",
      "20", "--output", "out", "--quiet")
    expectRefusal(try program.run("predict", "out"), code: 2, "scenario", "point.csv")
  }
}

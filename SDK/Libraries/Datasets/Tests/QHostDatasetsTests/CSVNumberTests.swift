import Foundation
import QHostDatasets
import QHostInterfaces
import Testing

@Suite("Numbers of delimited text")
struct CSVNumberTests {
  /// The numbers of a column.
  private func column(_ texts: [String]) throws -> [Double] {
    let text = "x,y\n" + texts.map { "\($0),1\n" }.joined()
    let table = try CSVTable(Array(text.utf8), path: "t.csv")
    #expect(table.firstText(0) == nil && table.firstMissing(0) == nil)
    return table.numbers(0)
  }

  @Test("Every decimal text becomes the nearest double, as the standard library reads it")
  func nearest() throws {
    var generator = SplitMix64(seed: 5, purpose: "numbers")
    var texts = [
      "9007199254740993", "0.1", "-0.0", "1e22", "1e23", "123456789012345678e-20", "4.35", ".5",
      "5.",
      "1.7976931348623157e308", "4.9e-324", "0.000000000000000000001", "18446744073709551615",
      "9007199254740992.5", "9007199254740993.5", "1e400", "12345678901234567890123",
    ]
    for _ in 0..<20_000 {
      let digits = 1 + generator.integer(below: 20)
      var text = generator.integer(below: 2) == 0 ? "-" : ""
      let point = generator.integer(below: digits + 1)
      for place in 0..<digits {
        if place == point { text += "." }
        text += String(generator.integer(below: 10))
      }
      if generator.integer(below: 3) == 0 { text += "e\(generator.integer(below: 61) - 30)" }
      texts.append(text)
    }
    // Shortest forms of doubles have up to 17 digits.
    for _ in 0..<20_000 { texts.append("\(generator.normal() * 1e3)") }
    let numbers = try column(texts)
    for (text, number) in zip(texts, numbers) {
      #expect(number.bitPattern == strtod(text, nil).bitPattern, "\(text)")
    }
  }

  @Test("Local forms are numbers, and what is none is not")
  func local() {
    let points: [(String, Double)] = [
      ("1,234.5", 1234.5), ("1,234,567", 1_234_567), ("(5)", -5), ("-$1,000", -1000), ("$-5", -5),
      ("5 €", 5), ("12.5 %", 12.5), ("\u{2212}3", -3), ("1 234", 1234), ("1'234.25", 1234.25),
      ("1\u{A0}234", 1234), ("+7", 7), (".5", 0.5),
    ]
    for (text, value) in points {
      #expect(LocalNumber(text, decimal: .point)?.value == value, "\(text)")
    }
    let commas: [(String, Double)] = [
      ("1.234,5", 1234.5), ("0,75", 0.75), ("1.234.567", 1_234_567), ("-2,5e3", -2500),
    ]
    for (text, value) in commas {
      #expect(LocalNumber(text, decimal: .comma)?.value == value, "\(text)")
    }
    for text in [
      "", "-", "$", "%", "a", "1,23", "12,34,567", "1,2345", "0x10", "1 23", "2024-01-02", "10:30",
      "5-6",
      "1.2.3", "--5", "(-5)", "1e5e5", "nan", "inf", "5 kg", "1,234,5", "e5",
    ] {
      #expect(LocalNumber(text, decimal: .point) == nil, "\(text)")
    }
  }

  @Test("The decimal sign is what the numbers show")
  func decimalSign() throws {
    for (text, decimal, isKnown) in [
      ("a;b\n0,5;1\n2;3\n", CSVDecimal.comma, true), ("a;b\n0.5;1\n2;3\n", .point, true),
      ("a|b\n1,234|1\n2|3\n", .point, false), ("a;b\n1,234;1\n2;3\n", .comma, true),
      ("a,b\n\"1,234\",1\n2,3\n", .point, true), ("0,5;1\n2,5;3\n", .comma, true),
    ] {
      let table = try CSVTable(Array(text.utf8), path: "t.csv")
      #expect(table.decimal == decimal && table.isDecimalKnown == isKnown, "\(text)")
    }
  }
}

import QHostDrawing
import Testing

@Suite("Text and numbers of pages")
struct MarkupTests {
  @Test("What means something to a browser is escaped, control characters are replaced")
  func escaping() {
    #expect(
      Markup.escaped("<b a=\"1\" b='2'>&\u{1}\n")
        == "&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;? ")
    #expect(Markup.escaped("ħ = 0.05, 10⁻³") == "ħ = 0.05, 10⁻³")
  }

  @Test(
    "Coordinates have one digit after the point and no needless zeros",
    arguments: [
      (0, "0"), (-0.04, "0"), (12, "12"), (12.34, "12.3"), (0.55, ".6"), (-0.25, "-.3"),
      (-7.96, "-8"),
    ])
  func coordinates(value: Double, text: String) { #expect(Markup.number(value) == text) }

  @Test(
    "Numbers are short, with a power of ten where they are large or small",
    arguments: [
      (0, "0"), (0.05981, "0.05981"), (-2.5, "−2.5"), (1234.5678, "1235"), (1e-9, "1·10⁻⁹"),
      (9.99999e-5, "1·10⁻⁴"), (123_456, "123456"), (2.5e9, "2.5·10⁹"), (.infinity, "∞"),
      (.nan, "–"),
    ])
  func short(value: Double, text: String) { #expect(NumberText.short(value) == text) }

  @Test(
    "What was measured keeps zeros at its end",
    arguments: [
      (2, 3, "2.00"), (1.9, 3, "1.90"), (1.98, 3, "1.98"), (-2.5, 4, "−2.500"), (0, 3, "0"),
      (1e-9, 3, "1.00·10⁻⁹"), (9.99999e-5, 4, "1.000·10⁻⁴"), (1234.5678, 4, "1235"),
      (99.996, 4, "100.0"), (123_456, 4, "123456"), (.infinity, 3, "∞"),
    ])
  func measured(value: Double, digits: Int, text: String) {
    #expect(NumberText.measured(value, digits) == text)
  }

  @Test("Counts beside each other are whole where all are")
  func countsTogether() {
    #expect(NumberText.counts([50, 49, 51]) == ["50", "49", "51"])
    #expect(NumberText.counts([50, 49.5, 51]) == ["50.0", "49.5", "51.0"])
    #expect(NumberText.counts([7800, 99, .infinity]) == ["7800", "99", "∞"])
  }

  @Test("Text is broken where it may be, into lines that fit, and nothing of it is lost")
  func lines() {
    let name = "tunneling[hbar_start=0.05,solver.grid=64,annealing=linear]"
    let lines = TextWidth.lines(name, size: 8, width: 100)
    #expect(lines.joined() == name)
    #expect(lines.count > 1)
    for line in lines { #expect(TextWidth.of(line, size: 8) <= 100) }
    #expect(lines.dropLast().allSatisfy { ",[=".contains($0.last ?? " ") })
    let word = String(repeating: "x", count: 60)
    #expect(TextWidth.lines(word, size: 8, width: 100).joined() == word)
    #expect(TextWidth.lines("", size: 8, width: 100) == [""])
  }

  @Test(
    "Counts have thousands as k and millions as M",
    arguments: [
      (7.25, "7.25"), (812, "812"), (9_999, "9999"), (12_345, "12.3k"), (296_000, "296k"),
      (99_960, "100k"), (12_300_000, "12.3M"),
    ])
  func counts(value: Double, text: String) { #expect(NumberText.count(value) == text) }

  @Test("Programs get every digit")
  func exact() {
    #expect(Double(NumberText.exact(0.1 + 0.2)) == 0.1 + 0.2)
    #expect(NumberText.exact(1000) == "1000")
    #expect(NumberText.exact(.infinity) == "inf")
    #expect(NumberText.exact(.nan).isEmpty)
  }
}

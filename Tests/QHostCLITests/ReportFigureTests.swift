import Foundation
import Testing

@Suite("qhost report: figures")
struct ReportFigureTests {
  /// Whether a program is installed.
  static func has(_ program: String) -> Bool {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/\(program)")
    }
  }

  static let hasConverter = has("rsvg-convert") && has("pdftotext") && has("pdffonts")

  /// A program whose folder `out` has a comparison of two optimizers.
  static func compared(_ changes: [String: String] = [:]) throws -> Program {
    let program = try Program(changes)
    let made = try program.run(
      "compare", "-o", "ga,sa", "-m", "mlp[hidden=4]", "--seeds", "3",
      "--max-forward-equivalents", "60", "--quiet", "--output", "out")
    #expect(made.code == 0, "\(made.error)")
    return program
  }

  @Test("Figures are listed, and each is written by its name or the end of it")
  func one() throws {
    let program = try Self.compared()
    let names = try program.run("report", "out", "--list-figures").output.split(separator: "\n")
    #expect(names.contains("mlp-hidden-4-on-iris-convergence-passes"))
    let printed = try program.run("report", "out", "--figure", "convergence-passes")
    #expect(printed.code == 0, "\(printed.error)")
    #expect(printed.output.hasPrefix("<?xml"))
    let written = try program.run(
      "report", "out", "--figure", "mlp-hidden-4-on-iris-convergence-passes", "--output", "a.svg")
    #expect(written.code == 0 && written.output == "a.svg\n")
    #expect(try text(program, "a.svg") == printed.output)
    let titled = try program.run("report", "out", "--figure", "convergence-passes", "--titles")
    #expect(titled.output.contains(">Best training loss</text>"))
    #expect(!printed.output.contains(">Best training loss</text>"))
  }

  @Test("A folder gets every figure; the same journal makes the same bytes")
  func all() throws {
    let program = try Self.compared()
    let names = try program.run("report", "out", "--list-figures").output.split(separator: "\n")
    let made = try program.run("report", "out", "--figures", "one/two", "--format", "svg")
    #expect(made.code == 0, "\(made.error)")
    #expect(made.output == "\(names.count) figures as SVG: \(program.folder)/one/two\n")
    #expect(program.files(in: "one/two") == names.map { "\($0).svg" }.sorted())
    _ = try program.run("report", "out", "--figures", "again", "--format", "svg", "--quiet")
    for name in program.files(in: "again") {
      #expect(try text(program, "again/\(name)") == text(program, "one/two/\(name)"))
    }
  }

  @Test(
    "A PDF has a figure's size, its text as text, and its type in it",
    .enabled(if: hasConverter, "rsvg-convert, pdftotext and pdffonts are not installed"))
  func pdf() throws {
    let program = try Self.compared()
    let made = try program.run("report", "out", "--figures", "figures")
    #expect(made.code == 0, "\(made.error)")
    #expect(made.output.contains("as SVG and PDF"))
    let files = program.files(in: "figures")
    #expect(files.count { $0.hasSuffix(".pdf") } == files.count { $0.hasSuffix(".svg") })
    #expect(!files.contains { $0.contains("partial") })
    let one = try program.run(
      "report", "out", "--figure", "convergence-passes", "--output", "one.pdf")
    #expect(one.code == 0, "\(one.error)")
    let words = try program.shell("pdftotext one.pdf - && pdfinfo one.pdf").output
    for word in ["ga", "sa", "passes of the training split", "cross-entropy", "240.9"] {
      #expect(words.contains(word), "\(word)")
    }
    // Name, type, encoding, whether the type is embedded, a part of it, and readable as Unicode.
    let fonts = try program.shell("pdffonts one.pdf").output.split(separator: "\n").dropFirst(2)
    #expect(!fonts.isEmpty)
    for font in fonts { #expect(font.contains(#/ yes +yes +yes /#), "\(font)") }
  }

  @Test("Without the program that makes PDF nothing is written, and its package is named")
  func noConverter() throws {
    let program = try Self.compared(["PATH": "/nowhere"])
    for words in [["--figures", "figures"], ["--figure", "aocc", "--output", "a.pdf"]] {
      let result = try program.run(["report", "out"] + words)
      expectRefusal(result, code: 2, "install it (Debian: librsvg2-bin)")
    }
    #expect(!program.has("figures") && !program.has("a.pdf"))
    let svg = try program.run("report", "out", "--figures", "figures", "--format", "svg")
    #expect(svg.code == 0, "\(svg.error)")
  }

  @Test("A baseline is compared with each of the others")
  func baseline() throws {
    let program = try Program()
    _ = try program.run(
      "compare", "-o", "ga,sa,random", "--seeds", "3", "--max-evals", "50", "--quiet",
      "--output", "out")
    let report = try program.run("report", "out", "--baseline", "sa", "--json").json()
    #expect(report["baseline"] as? String == "sa")
    let problem = try #require((report["problems"] as? [[String: Any]])?.first)
    let pairs = try #require(problem["pairs"] as? [[String: Any]])
    #expect(pairs.count == 2)
    #expect(pairs.allSatisfy { $0["second"] as? String == "sa" })
    let table = try program.run("report", "out", "--baseline", "sa", "--format", "markdown")
    #expect(table.output.contains("Pairs with sa, seed by seed"))
  }

  private func text(_ program: Program, _ name: String) throws -> String {
    try String(contentsOfFile: program.folder + "/" + name, encoding: .utf8)
  }
}

import Foundation
import Testing

/// The pages of `Documentation/Reference`.
@Suite("qhost plugins reference")
struct PluginsReferenceTests {
  @Test(
    "The pages are what the program prints",
    arguments: ["optimizer", "solver", "model", "dataset", "target"])
  func pages(_ kind: String) throws {
    let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().path
    let path = "Documentation/Reference/\(kind.capitalized)s.md"
    let page = try String(contentsOfFile: package + "/" + path, encoding: .utf8)
    let printed = try Program().run("plugins", "reference", kind).output
    let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
    for (number, line) in printed.split(separator: "\n", omittingEmptySubsequences: false)
      .enumerated()
    {
      let found = number < lines.count ? lines[number] : "nothing"
      #expect(
        found == line,
        "\(path):\(number + 1) is not what the descriptors say; run Scripts/reference")
      guard found == line else { return }
    }
    #expect(page == printed, "\(path) has more lines; run Scripts/reference")
  }

  @Test("Kinds that are not there are refused by name")
  func refusal() throws {
    let result = try Program().run("plugins", "reference", "optimiser")
    #expect(result.code == 2)
    #expect(result.error.contains("'optimiser'") && result.error.contains("optimizer"))
  }
}

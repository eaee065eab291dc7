import QHostDatasets
import QHostInterfaces
import Testing

@Suite("Texts of delimited fields")
struct CSVTextTests {
  @Test("Quotes, line ends and blank lines are understood, and lines counted")
  func fields() throws {
    let text = try CSVText(
      Array("a,\"b\nc\"\r\n\n1, \"2\"\"\" \n".utf8), path: "x", delimiter: .comma)
    #expect(text.recordCount == 2)
    #expect(text.lines == [1, 4])
    #expect(text.field(0, 1) == "b\nc")
    #expect(text.field(1, 1) == "2\"")
  }

  @Test("The delimiter is the one that gives all rows the same number of fields")
  func delimiter() {
    #expect(CSVDelimiter.detected(in: Array("1;2,5\n3;4\n".utf8), path: "x") == .semicolon)
  }
}

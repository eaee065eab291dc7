import QHostComparing
import QHostRuntime
import Testing

@Suite("The batch size of a comparison")
struct BatchSizeTests {
  @Test("is a number of rows, 0 for all, or what each optimizer prefers")
  func reading() throws {
    #expect(try BatchSize.rows("0", name: "x") == 0)
    #expect(try BatchSize.rows("128", name: "x") == 128)
    #expect(try BatchSize.rows("preferred", name: "x") == nil)
    for text in ["", "-1", "1.5", "all", "Preferred"] {
      let error = #expect(throws: RunError.self) { try BatchSize.rows(text, name: "--batch-size") }
      #expect(error?.kind == .usage)
      #expect(error?.message.hasPrefix("--batch-size cannot be '\(text)'") == true)
    }
  }

  @Test("is told beside the rows that there are")
  func words() {
    #expect(BatchSize.words(1_024, of: 1_257) == "minibatches of 1024 of 1257 rows")
    #expect(BatchSize.words(105, of: 105) == "all 105 rows at once")
  }
}

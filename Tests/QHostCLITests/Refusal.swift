import Testing

/// Expects that a command refused: its exit code, nothing on standard output, and one line on
/// standard error that holds all the given words.
func expectRefusal(
  _ result: Program.Result, code: Int32, _ words: String...,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(result.code == code, "\(result.error)", sourceLocation: sourceLocation)
  #expect(result.output.isEmpty, sourceLocation: sourceLocation)
  #expect(result.errorLines.count == 1, "\(result.error)", sourceLocation: sourceLocation)
  #expect(result.error.hasPrefix("error: "), "\(result.error)", sourceLocation: sourceLocation)
  for word in words {
    #expect(
      result.error.contains(word), "'\(word)' in: \(result.error)", sourceLocation: sourceLocation)
  }
}

import QHostInterfaces
import QHostTesting
import StandardDatasets
import Testing

@Suite("Digits")
struct DigitsTests {
  private func digits(_ changes: [String: ParameterValue] = [:]) throws -> Digits {
    try Digits(request: request(for: Digits.descriptor, changes))
  }

  @Test("It holds 1,797 images of 8 by 8 pixels, a fifth of them for testing")
  func shape() throws {
    let description = try digits().datasetDescription
    #expect(description.rowCounts == [.train: 1438, .validation: 0, .test: 359])
    #expect(description.input == Shape([8, 8]) && description.output == Shape([10]))
    #expect(description.scaling == .none)
  }

  @Test("Its figures are those of the published table")
  func figures() throws {
    let all = try digits(["test_fraction": .real(0)]).samples(.train)
    // Counted in the UCI file: rows of each digit, the sum of all pixels, the first row.
    let counts = (0..<10).map { digit in all.targets.count { $0 == Float(digit) } }
    #expect(counts == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180])
    let pixels = all.inputs.joined().map { $0 * 16 }
    #expect(pixels.allSatisfy { $0 == $0.rounded() && (0...16).contains($0) })
    #expect(pixels.reduce(0) { $0 + Int($1) } == 561_718)
    let zero: [Float] = [
      0, 0, 5, 13, 9, 1, 0, 0, 0, 0, 13, 15, 10, 15, 5, 0, 0, 3, 15, 2, 0, 11, 8, 0, 0, 4, 12, 0, 0,
      8, 8, 0, 0, 5, 8, 0, 0, 9, 8, 0, 0, 4, 11, 0, 1, 12, 7, 0, 0, 2, 14, 5, 10, 12, 0, 0, 0, 0, 6,
      13, 10, 0, 0, 0,
    ].map { $0 / 16 }
    let place = try #require(all.inputs.firstIndex(of: zero))
    #expect(all.targets[place] == 0)
  }

  @Test("Each digit gives the same part of its rows to each split, to within one row")
  func stratified() throws {
    let digits = try digits(["validation_fraction": .real(0.1)])
    let sizes = [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    for (split, fraction) in [(Split.test, 0.2), (.validation, 0.1), (.train, 0.7)] {
      let targets = try digits.samples(split).targets
      for digit in 0..<10 {
        let count = targets.count { $0 == Float(digit) }
        // Two splits are rounded by less than one row each; training takes what they leave.
        let slack = split == .train ? 2.0 : 1.0
        #expect(abs(Double(count) - fraction * Double(sizes[digit])) < slack)
      }
    }
  }
}

import QHostInterfaces
import Testing

@Suite("The work of a convolutional network")
struct ConvolutionWorkTests {
  /// One filter of 3 × 3 on 6 × 6 places gives 4 × 4, which go to 2 outputs: 44 parameters.
  private let small = ConvolutionCase(
    input: [6, 6], filters: [1], pooling: .none, hidden: [], outputs: 2)

  private func isClose(_ first: Double, _ second: Double) -> Bool {
    abs(first - second) <= 1e-12 * abs(second)
  }

  @Test("A pass costs products, places, activations and parameters")
  func passes() throws {
    let work = try small.model().modelDescription.passWork
    let row = 1.1 * (16 * 9) + 1.7 * 16 + 8.7 * 16 + 1.1 * (16 * 2)
    #expect(isClose(work.row, row))
    #expect(work.pass == 450 * 44)
    let gradient = 2.1 * (16 * 9 + 16 * 2) + 21 * (16 + 2) + 1.1 * (16 * 2) + 200 * (9 + 32) / 16.0
    #expect(isClose(work.gradientRow, row + gradient))
    #expect(work.gradientPass == 2 * work.pass)
  }

  @Test("A cut costs its plane, that plane's part in the next layer, and what is read")
  func cuts() throws {
    let model = try small.model()
    // 36 inputs, 16 sums, 16 values, 2 outputs and 2 more are kept; 16 + 36 + 2 · 16 + 2 are read.
    let far = 4.0 * (36 + 16 + 16 + 2 + 2) * 16 / 67_108_864
    let read = 16 * (16.0 + 36 + 32 + 2) * far
    let offset = 1500 / 16.0 + 8.7 * 16 + 1.1 * (16 * 2)
    #expect(
      try isClose(
        model.cutWork(index: 0, offsetCount: 3, rowCount: 16), 7.6 * read + 48 * offset))
    #expect(
      try isClose(
        model.cutWork(index: 0, offsetCount: 0, rowCount: 16), (7.6 + 18) * read + 16 * offset))
  }
}

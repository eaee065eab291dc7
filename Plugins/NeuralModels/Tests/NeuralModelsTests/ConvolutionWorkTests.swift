import NeuralModels
import QHostInterfaces
import QHostNetworks
import Testing

@Suite("The work of a convolutional network")
struct ConvolutionWorkTests {
  /// One filter of 3 × 3 on 6 × 6 places gives 4 × 4, which go to 2 outputs: 44 parameters.
  private let small = ConvolutionCase(
    input: [6, 6], filters: [1], pooling: .none, hidden: [], outputs: 2)
  private let product = ConvolutionWork.multiplyAdd
  private let tanh = NetworkWork.value(.tanh)

  @Test("A pass costs products, activations and parameters")
  func passes() throws {
    let work = try small.model().modelDescription.passWork
    let row = [176 * product, 16 * tanh].reduce(0, +)
    #expect(isClose(work.row, row))
    #expect(work.pass == 44 * ConvolutionWork.parameter)
    let gradient = [
      176 * ConvolutionWork.gradientMultiplyAdd, 18 * ConvolutionWork.slope, 32 * product,
      41 * ConvolutionWork.weightSum / 16,
    ].reduce(0, +)
    #expect(isClose(work.gradientRow, row + gradient))
    #expect(work.gradientPass == 2 * work.pass)
  }

  @Test("Pooled places cost the pooling, and fewer activations")
  func pooling() throws {
    var pooled = small
    pooled.pooling = .max
    let work = try pooled.model().modelDescription.passWork
    let row = [
      (144 + 8) * product, 4 * (ConvolutionWork.pool + tanh),
    ].reduce(0, +)
    #expect(isClose(work.row, row))
  }

  @Test("A cut costs its plane, that plane's part in the next layer, and what is read")
  func cuts() throws {
    let model = try small.model()
    // 36 inputs, 16 sums, 16 values, 2 outputs and 2 more are kept; 16 + 36 + 2 · 16 + 2 are read.
    let far = 4 * 72.0 * 16 / ConvolutionWork.farBytes
    let read = 16 * 86 * far
    let offset = [ConvolutionWork.strip, 16 * 16 * tanh, 16 * 32 * product].reduce(0, +)
    let cut = try model.cutWork(index: 0, offsetCount: 3, rowCount: 16)
    #expect(isClose(cut, ConvolutionWork.read * read + 3 * offset))
    let move = try model.cutWork(index: 0, offsetCount: 0, rowCount: 16)
    #expect(isClose(move, (ConvolutionWork.read + ConvolutionWork.move) * read + offset))
  }
}

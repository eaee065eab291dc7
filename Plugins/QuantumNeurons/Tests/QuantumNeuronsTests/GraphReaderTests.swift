import QHostInterfaces
import QuantumNeurons
import Testing

@Suite("Circuits as text")
struct GraphReaderTests {
  private func read(_ text: String) throws(ComponentError) -> NeuronGraph {
    try GraphReader.graph(text, source: "file.txt")
  }

  @Test("All named circuits can be read, and those with a table have one output")
  func circuits() throws {
    for circuit in Circuit.all {
      let graph = try GraphReader.graph(circuit.text, source: circuit.name)
      #expect(circuit.table == nil || graph.outputs.count == 1)
    }
    let digits = try GraphReader.graph(Circuit.named("digits")?.text ?? "", source: "digits")
    #expect(digits.strengths.count == 7840 && digits.couplings.count == 7840)
  }

  @Test("Statements become couplings")
  func statements() throws {
    let graph = try read(
      """
      kinks 6  # an even number
      input a
      always one
      neuron first
      output second
      coupling w 100 0 200
      a -> first w
      one -| first 300
      first -> second 400
      """)
    #expect(graph.kinkCount == 6)
    #expect(graph.freeInputs == [0] && graph.inputs == ["a", "one"])
    let chain = graph.chainCouplings(values: [50], inputs: graph.brightness([0.5]), k: 2)
    #expect(chain.drives == [50, 0] && chain.blocks == [600, 0])
    #expect(chain.excitations == [800] && graph.outputs == [1])
  }

  @Test("A kernel lies on the middle of an image, and pixels outside are off")
  func kernels() throws {
    let graph = try GraphReader.graph(
      Circuit.named("vertical-line-3x3")?.text ?? "", source: "paper")
    // Each of 2 by 2 neurons sees 3 pixels that excite and 6 that inhibit.
    let fromPixels = graph.couplings.filter {
      if case .input = $0.source { true } else { false }
    }
    #expect(fromPixels.count { !$0.isInhibition } == 12)
    #expect(fromPixels.count { $0.isInhibition } == 24)
    let padded = try read(
      "image x 3 3\nsheet y 3 3\noutput y\nconvolve x -> y 1 1 1 / 1 1 1 / 1 1 1")
    #expect(padded.couplings.count == 49)
  }

  @Test(
    "What cannot be is named with its line",
    arguments: [
      ("input a\noutput n\nb -> n 5", "file.txt:3: there is no neuron or input 'b'"),
      ("output n\nn -> n 5", "file.txt:2: 'n' is coupled to itself"),
      ("output n\nn -> n 5 6", "is not a statement"),
      ("kinks 5\noutput n", "file.txt:1: kinks 5 is not even"),
      ("slices 64\noutput n", "slices 64 cannot be used"),
      ("lambda 5000\nslices 128\noutput n", "step times frequency is 0.546"),
      ("kinks 40\noutput n", "do not fit"),
      ("input a\noutput a", "only neurons can be read out"),
      ("input a\noutput n\nn -> a 5", "inputs are not acted upon"),
      ("input a\noutput n\na -> n w", "'w' is neither a number"),
      ("input a\noutput n\na -> n -5", "'-5' is neither a number"),
      ("coupling w 5 6 7\noutput n", "starts at 5.0, outside"),
      ("coupling w nan\noutput n", "needs a name"),
      ("input a a", "is there already"),
      ("image x 3 3\nsheet y 2 2\noutput y\nconvolve x -> y 1", "cannot lie in the middle"),
      ("image x 3 3\nsheet y 3 3\noutput y\nconvolve x -> y 1 1", "odd number of rows"),
      ("image x 3 3\noutput y\nx -> y 5", "begin the line with dense or convolve"),
      ("image x 3 3\noutput y\ndense x -> y each 1 0 0", "'each' needs"),
      ("time inf\noutput n", "needs one number above 0"), ("input a", "no neurons"),
      ("", "no neurons"),
      ("neuron n", "no outputs"), ("output n n", "read out twice"),
      ("modulate q", "neither a coupling"),
    ])
  func mistakes(_ text: String, _ message: String) {
    let error = #expect(throws: ComponentError.self) { try read(text) }
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
  }
}

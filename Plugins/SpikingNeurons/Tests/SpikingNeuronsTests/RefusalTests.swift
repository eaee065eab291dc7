import QHostInterfaces
import SpikingNeurons
import Testing

@Suite("What spiking networks refuse")
struct RefusalTests {
  private static let refused: [(settings: [String: ParameterValue], words: String)] = [
    (
      ["integration": SpikingCase.choice("euler"), "time_constant": .real(0.4)],
      "time_constant is 0.4"
    ),
    (["encoder": SpikingCase.choice("rate")], "range"),
    (["encoder": SpikingCase.choice("rate"), "range": .reals([2, 1])], "range is 2.0,1.0"),
    (
      [
        "encoder": SpikingCase.choice("delta"), "input": SpikingCase.choice("row"),
        "range": .reals([0, 1]),
      ], "delta"
    ),
    (["reversal_potentials": .reals([1])], "reversal_potentials"),
    (["izhikevich": .reals([1, 2])], "izhikevich"),
    (
      ["train_weights": .boolean(false), "readout": SpikingCase.choice("count")],
      "nothing is trained"
    ),
  ]

  @Test("Settings that do not go together are named", arguments: refused.indices)
  func settings(_ index: Int) throws {
    let (settings, words) = Self.refused[index]
    do {
      _ = try SpikingCase.model(settings)
      Issue.record("\(words) was taken")
    } catch let error as ComponentError {
      #expect(error.kind == .parameter)
      #expect(error.message.contains("spiking") && error.message.contains(words))
    }
  }

  @Test("Gradients of what has none", arguments: SpikingVariant.withoutGradient)
  func gradients(_ variant: SpikingVariant) throws {
    let driven = try SpikingCase.bound(variant.settings)
    #expect(!driven.model.modelDescription.hasGradient)
    _ = try driven.forward(try driven.start())
    #expect(throws: ComponentError.self) {
      try driven.backward([Float](repeating: 1, count: driven.outputCount * driven.rowCount))
    }
  }
}

import Foundation
import QHostInterfaces
import QHostTesting
import SpikingNeurons
import Testing

/// What other programs did with the same weights and spikes; see `Fixtures/spikes.py`.
@Suite("Spike for spike with snnTorch, Norse and SpikingJelly")
struct PeerTests {
  struct Recording: Decodable, Sendable, CustomTestStringConvertible {
    enum Setting: Decodable, Sendable {
      case number(Double), text(String)
      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Double.self) {
          self = .number(number)
        } else {
          self = .text(try container.decode(String.self))
        }
      }
      var value: ParameterValue {
        switch self {
        case .number(let number): .real(number)
        case .text(let text): .choice(text, index: 0)
        }
      }
    }
    let name: String
    let settings: [String: Setting]
    let weights: [[[Double]]]
    let inputs: [[Float]]
    let spikes: [[[Int]]]
    var testDescription: String { name }
  }

  static let recordings: [Recording] = {
    let path = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Fixtures/spikes.json")
    return (try? JSONDecoder().decode([Recording].self, from: Data(contentsOf: path))) ?? []
  }()

  @Test("There are recordings of all three")
  func some() {
    #expect(Set(Self.recordings.compactMap { $0.name.split(separator: "-").first }).count == 3)
  }

  @Test("The same spikes in every step of two layers", arguments: recordings)
  func spikes(_ recording: Recording) throws {
    var settings = recording.settings.mapValues(\.value)
    settings["hidden"] = .integers([recording.weights[0][0].count])
    settings["readout"] = SpikingCase.choice("count")
    settings["bias"] = .boolean(false)
    let model = try SpikingCase.model(
      settings, input: [recording.inputs.count, recording.inputs[0].count],
      outputCount: recording.weights[1][0].count)
    let activity = try model.activity(
      of: recording.inputs.flatMap { $0 },
      parameters: recording.weights.flatMap { $0.flatMap { $0 } })
    for (layer, spikes) in recording.spikes.enumerated() {
      #expect(activity[layer].spikes.map { $0.map { $0 ? 1 : 0 } } == spikes, "layer \(layer)")
      #expect(spikes.joined().contains(1))
    }
  }
}

import Foundation
import QHostInterfaces
import QHostTesting
import SpikingNeurons
import Testing

@Suite("NIR files")
struct NIRTests {
  /// A file of another program, and the spikes that this program had with it; see `Fixtures/nir_files.py`.
  struct Recording: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let dialect: String
    let inputs: [[Float]]
    let spikes: [[Int]]
    var testDescription: String { name }
  }

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures")
  static let recordings: [Recording] = {
    let path = folder.appending(path: "nir.json")
    return (try? JSONDecoder().decode([Recording].self, from: Data(contentsOf: path))) ?? []
  }()

  private static func settings(_ path: String, _ dialect: String = "nir") -> [String:
    ParameterValue]
  {
    [
      "nir": .text(path), "nir_dialect": SpikingCase.choice(dialect),
      "readout": SpikingCase.choice("count"),
    ]
  }

  @Test(
    "Files of snnTorch, Norse and SpikingJelly have the spikes that these had",
    arguments: recordings)
  func files(_ recording: Recording) throws {
    let path = Self.folder.appending(path: recording.name + ".nir").path()
    let model = try SpikingCase.model(
      Self.settings(path, recording.dialect),
      input: [recording.inputs.count, recording.inputs[0].count],
      outputCount: recording.spikes[0].count)
    let activity = try model.activity(
      of: recording.inputs.flatMap { $0 }, parameters: try model.initialParameters(start: 0))
    #expect(activity[0].spikes.map { $0.map { $0 ? 1 : 0 } } == recording.spikes)
  }

  @Test("There are files of all three")
  func some() { #expect(Self.recordings.count == 3) }

  /// A network that NIR can say, as a user would set it.
  private static func original(_ changes: [String: ParameterValue]) throws -> SpikingCase {
    var settings: [String: ParameterValue] = [
      "hidden": .integers([7]), "reset": SpikingCase.choice("zero"),
      "readout": SpikingCase.choice("count"), "graph": SpikingCase.choice("nir"),
    ]
    for (key, value) in changes { settings[key] = value }
    return try SpikingCase.bound(settings)
  }

  private static let kinds: [[String: ParameterValue]] = [
    [:], ["recurrent": .boolean(true)], ["synapse": SpikingCase.choice("current")],
    ["integration": SpikingCase.choice("euler"), "bias": .boolean(false)],
    ["integration": SpikingCase.choice("exponential"), "reset": SpikingCase.choice("subtract")],
  ]

  @Test(
    "What target nir writes is read back with the same spikes", arguments: kinds.indices,
    ["nir", "snntorch", "spikingjelly"])
  func roundTrip(_ kind: Int, _ dialect: String) throws {
    let driven = try Self.original(Self.kinds[kind])
    let point = try driven.start()
    let target = try NIRTarget(
      request: request(for: NIRTarget.descriptor, ["dialect": SpikingCase.choice(dialect)]))
    let compiled = try target.compile(
      try driven.model.graph(parameters: point), calibration: Calibration(rowCount: 0, inputs: []))
    let folder = try TemporaryFolder()
    let path = folder.path + "/model.nir"
    try Data(compiled.artifacts[0].bytes).write(to: URL(filePath: path))
    let file = try NIRFile(reading: path)
    #expect(file.nodes.values.contains { $0.values["v_reset"] != nil } == (kind != 4))
    var settings = Self.settings(path, dialect)
    settings["reset"] = Self.kinds[kind]["reset"] ?? SpikingCase.choice("zero")
    let other = try SpikingCase(try SpikingCase.model(settings))
    let values = driven.values
    let row = stride(from: 0, to: values.count, by: driven.rowCount).map { values[$0] }
    let own = try driven.model.activity(of: row, parameters: point)
    let read = try other.model.activity(
      of: row, parameters: other.model.initialParameters(start: 0))
    #expect(own.map(\.spikes) == read.map(\.spikes))
    #expect(own[0].spikes.joined().contains(true))
  }

  @Test("A convolution is the matrix that it is")
  func convolution() throws {
    var file = NIRFile()
    file.nodes = [
      "input": .init("Input", ["shape": .init([3], [1, 3, 4])]),
      "conv": .init(
        "Conv2d",
        [
          "weight": .init([2, 1, 2, 3], (1...12).map { Double($0) }),
          "bias": .init([2], [0.5, -0.5]), "stride": .init([2], [1, 2]),
          "padding": .init([2], [1, 0]), "dilation": .init([2], [1, 1]),
          "groups": .init([], [1]), "input_shape": .init([2], [3, 4]),
        ]),
      "lif": .init("LIF", ["tau": .init([2, 4, 1], [Double](repeating: 1e-3, count: 8))]),
      "output": .init("Output"),
    ]
    file.edges = [.init("input", "conv"), .init("conv", "lif"), .init("lif", "output")]
    let network = try NIRNetwork(file, dialect: .nir, step: 1e-4)
    let layer = try #require(network.layers.first)
    #expect((layer.weights.rows, layer.weights.columns) == (12, 8))
    let image = (0..<12).map { Double($0 * $0 % 7) }
    for filter in 0..<2 {
      for y in 0..<4 {
        var sum = [0.5, -0.5][filter]
        for tap in 0..<6 {
          let (row, column) = (y - 1 + tap / 3, tap % 3)
          if (0..<3).contains(row) { sum += Double(filter * 6 + tap + 1) * image[row * 4 + column] }
        }
        let unit = filter * 4 + y
        let product = (0..<12).reduce(layer.bias[unit]) {
          $0 + image[$1] * layer.weights.values[$1 * 8 + unit]
        }
        #expect(abs(product - sum) <= 1e-12, "filter \(filter), row \(y)")
      }
    }
  }

  @Test("Nodes and connections that this model does not have are named")
  func refusals() throws {
    func error(_ change: (inout NIRFile) -> Void) -> String {
      var file = NIRFile()
      file.nodes = [
        "input": .init("Input", ["shape": .init([1], [2])]),
        "lif": .init("LIF", ["tau": .init([2], [1e-3, 1e-3])]), "output": .init("Output"),
      ]
      file.edges = [.init("input", "lif"), .init("lif", "output")]
      change(&file)
      do {
        _ = try NIRNetwork(file, dialect: .nir, step: 1e-4)
        return ""
      } catch { return error.message }
    }
    let cases: [(words: String, error: String)] = [
      ("CubaLIFX", error { $0.nodes["lif"]?.type = "CubaLIFX" }),
      ("Input", error { $0.nodes["input"] = nil }),
      ("no tau", error { $0.nodes["lif"]?.values["tau"] = nil }),
      ("unstable", error { $0.nodes["lif"]?.values["tau"]?.numbers = [1e-5, 1e-3] }),
      ("leads to 2 nodes", error { $0.edges.append(.init("input", "output")) }),
    ]
    let right = error { _ in }
    #expect(right.isEmpty)
    for (words, message) in cases { #expect(message.contains(words), "\(message)") }
    #expect(throws: ComponentError.self) { try NIRFile(reading: "/absent.nir") }
    #expect(throws: ComponentError.self) { try NIRFile(reading: #filePath) }
  }
}

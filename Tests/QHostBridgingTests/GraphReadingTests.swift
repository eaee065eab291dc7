import CQHost
import QHostBridging
import QHostInterfaces
import Testing

@Suite("A graph across the boundary")
struct GraphReadingTests {
  static let graph = Graph(
    input: "x", output: "y", inputShape: Shape([2, 2]), outputShape: Shape([3]),
    nodes: [
      Graph.Node(
        name: "n0", operation: "Gemm", inputs: ["x", "w", "b"], outputs: ["h"],
        attributes: [
          "alpha": .reals([0.5, -1]), "transB": .integers([1, -9]), "mode": .text("a·b"),
          "empty": .integers([]),
        ]),
      Graph.Node(name: "", operation: "Tanh", inputs: ["h"], outputs: ["y", "z"]),
    ],
    constants: [
      .init(name: "w", shape: Shape([2, 2]), elements: .float([1, -2, 0.5, .infinity])),
      .init(name: "i8", shape: Shape([3]), elements: .int8([-128, 0, 127])),
      .init(name: "i32", shape: Shape([1]), elements: .int32([.min])),
      .init(name: "i64", shape: Shape([2]), elements: .int64([.min, .max])),
      .init(name: "scalar", shape: Shape([]), elements: .float([7])),
    ])

  @Test("It arrives as it was sent")
  func roundTrip() throws {
    let arena = Arena()
    #expect(try Graph(reading: Self.graph.stored(in: arena), culprit: "m") == Self.graph)
  }

  @Test("A graph that is missing or incomplete is refused")
  func incomplete() {
    let arena = Arena()
    #expect(throws: ComponentError.self) { _ = try Graph(reading: nil, culprit: "m") }
    let changes: [(inout qhost_graph) -> Void] = [
      { $0.input = nil }, { $0.output = nil }, { $0.input_shape = nil }, { $0.nodes = nil },
      { $0.constants = nil }, { $0.struct_size = 8 },
    ]
    for change in changes {
      var raw = Self.graph.stored(in: arena).pointee
      change(&raw)
      #expect(throws: ComponentError.self) {
        _ = try Graph(reading: UnsafePointer(arena.value(raw)), culprit: "m")
      }
    }
  }

  @Test("A constant of unknown type, without data or of absurd size is refused")
  func wrongConstants() throws {
    let arena = Arena()
    let huge = Shape([1 << 30, 1 << 30, 1 << 30]).extents.map(UInt64.init)
    let changes: [(inout qhost_tensor) -> Void] = [
      { $0.element = 99 }, { $0.data = nil }, { $0.name = nil }, { $0.shape = nil },
      {
        var shape = qhost_shape.sized()
        shape.rank = 3
        shape.extents = UnsafePointer(arena.array(huge))
        $0.shape = UnsafePointer(arena.value(shape))
      },
    ]
    for change in changes {
      var graph = Self.graph.stored(in: arena).pointee
      var tensor = try #require(graph.constants?[0]).pointee
      change(&tensor)
      graph.constant_count = 1
      graph.constants = arena.pointers([tensor])
      let error = #expect(throws: ComponentError.self) {
        _ = try Graph(reading: UnsafePointer(arena.value(graph)), culprit: "model 'm'")
      }
      #expect(error?.message.contains("model 'm'") == true)
    }
  }
}

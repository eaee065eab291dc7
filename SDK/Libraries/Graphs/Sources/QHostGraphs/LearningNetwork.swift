public import QHostInterfaces

/// A network in integers with what must be known to learn on: bounds of weights and biases, and the margin.
///
/// It is the chain of layers that `integer-mlp` gives; see the model's Documentation/IntegerMLP.md. A unit's sum is
///
///     Σ_i q_i x_i + bias + 128 · 2^shift − ⌊z Σ_i q_i⌋,
///
/// without the middle term in the last layer, in 16 bits that wrap around; z is half of `doubleZero`.
public struct LearningNetwork: Sendable {
  /// A layer.
  public struct Layer: Sendable {
    /// Numbers it takes.
    public var inputCount: Int
    /// [units × inputs].
    public var weights: [Int]
    /// [units].
    public var biases: [Int]
    /// From where to where a weight may go.
    public var weightRange: ClosedRange<Int>
    /// From where to where a bias may go.
    public var biasRange: ClosedRange<Int>
    /// Twice the level of the inputs that stands for 0.
    public var doubleZero: Int
    /// [units]; empty in the last layer.
    public var shifts: [Int] = []
    /// The levels of each unit, 256 a unit; empty in the last layer.
    public var tables: [[Int]] = []

    /// Its number of units.
    public var unitCount: Int { biases.count }
    /// Whether its sums are the outputs.
    public var isLast: Bool { tables.isEmpty }
    /// How many numbers of it change.
    public var learnedCount: Int { unitCount * (inputCount + 1) }

    /// The middle of a unit's table, which is in its offset.
    public func center(_ unit: Int) -> Int { isLast ? 0 : 128 << shifts[unit] }

    /// The sum of a unit's weights.
    public func total(_ unit: Int) -> Int {
      weights[unit * inputCount..<(unit + 1) * inputCount].reduce(0, +)
    }

    /// What is added to the products of a unit.
    public func offset(_ unit: Int) -> Int {
      biases[unit] + center(unit) - (doubleZero * total(unit)) >> 1
    }

    /// The distinct tables, and which of them each unit has.
    public var distinctTables: (tables: [[Int]], numbers: [Int]) {
      var distinct: [[Int]] = []
      let numbers = tables.map { table -> Int in
        if let known = distinct.firstIndex(of: table) { return known }
        distinct.append(table)
        return distinct.count - 1
      }
      return (distinct, numbers)
    }
  }

  /// At least one.
  public var layers: [Layer]
  /// The margin of the loss in units of the outputs' sums.
  public let margin: Int

  /// Numbers of a row.
  public var inputCount: Int { layers[0].inputCount }
  /// Classes.
  public var outputCount: Int { layers[layers.count - 1].unitCount }
  /// How many numbers change.
  public var learnedCount: Int { layers.reduce(0) { $0 + $1.learnedCount } }

  /// Numbers that are learned are visited in steps of so many: the first number from ⌊40503 m / 65536⌋ on that has no
  /// divisor in common with their count m; the order of the optimizer `lattice-descent`.
  public var stride: Int {
    func divisor(_ a: Int, _ b: Int) -> Int { b == 0 ? a : divisor(b, a % b) }
    let count = learnedCount
    var stride = max(1, (count * 40503) >> 16)
    while divisor(stride, count) != 1 { stride += 1 }
    return stride
  }

  /// Reads the graph of a network in integers.
  ///
  /// - Throws: severity `unsupported` for other graphs, with what to do.
  public init(_ graph: Graph) throws(ComponentError) {
    let constants = Dictionary(graph.constants.map { ($0.name, $0) }) { first, _ in first }
    func integers(_ name: String) throws(ComponentError) -> [Int] {
      switch constants[name]?.elements {
      case .int8(let values): return values.map { Int($0) }
      case .int32(let values): return values.map { Int($0) }
      default: throw Self.refusal
      }
    }
    func range(_ name: String) throws(ComponentError) -> ClosedRange<Int> {
      let ends = try integers(name)
      guard ends.count == 2, ends[0] <= ends[1] else { throw Self.refusal }
      return ends[0]...ends[1]
    }
    let names = graph.nodes.filter { $0.operation == "MatMulInteger" }.map {
      $0.name.hasSuffix(".sum") ? String($0.name.dropLast(4)) : $0.name
    }
    var layers: [Layer] = []
    for (place, name) in names.enumerated() {
      guard constants["\(name).weight.range"] != nil else { throw Self.refusal }
      let offsets = try integers("\(name).offset")
      let given = try integers("\(name).weight")
      let units = offsets.count
      guard units > 0, given.count % units == 0 else { throw Self.refusal }
      let inputs = given.count / units
      var layer = Layer(
        inputCount: inputs,
        weights: (0..<units).flatMap { unit in (0..<inputs).map { given[$0 * units + unit] } },
        biases: offsets, weightRange: try range("\(name).weight.range"),
        biasRange: try range("\(name).bias.range"),
        doubleZero: try integers("\(name).zero.doubled").first ?? 0)
      if place + 1 < names.count {
        let tables = try integers("\(name).tables")
        guard tables.count == 256 * units else { throw Self.refusal }
        layer.shifts = try integers("\(name).divisor").map(\.trailingZeroBitCount)
        layer.tables = (0..<units).map { Array(tables[256 * $0..<256 * ($0 + 1)]) }
      }
      for unit in 0..<units {
        layer.biases[unit] =
          offsets[unit] - layer.center(unit) + (layer.doubleZero * layer.total(unit)) >> 1
      }
      layers.append(layer)
    }
    guard !layers.isEmpty,
      zip(layers, layers.dropFirst()).allSatisfy({ $0.unitCount == $1.inputCount })
    else { throw Self.refusal }
    guard layers[layers.count - 1].unitCount > 1, layers[layers.count - 1].unitCount <= 256 else {
      throw .unsupported("target.learn is for 2 to 256 classes; leave it out")
    }
    self.layers = layers
    margin = try Self.margin(graph, constants)
  }

  /// What is said of other graphs.
  public static var refusal: ComponentError {
    .unsupported(
      "target.learn is for integer-mlp whose weights are ternary or an odd number of levels; train that model, or leave it out"
    )
  }

  private static func margin(
    _ graph: Graph, _ constants: [String: Graph.Constant]
  ) throws(ComponentError) -> Int {
    guard
      let node = graph.nodes.first(where: {
        $0.operation == "Mul" && $0.outputs.first == graph.output
      }), case .float(let values)? = node.inputs.compactMap({ constants[$0] }).first?.elements,
      let scale = values.first, values.count == 1, scale > 0
    else { throw refusal }
    guard scale <= 1, scale >= 1.0 / 16_384, scale.significand == 1 else {
      throw .unsupported(
        "target.learn needs outputs in whole multiples of a power of two from 1/16384 to 1, and the scale is \(scale); "
          + "train with model.scale=power")
    }
    return Int(1 / scale)
  }
}

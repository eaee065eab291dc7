/// What the code of blocks costs in cycles, roughly: measurements decide in the end.
struct BlockCosts: Sendable {
  /// How far the runs of some inputs rise and fall, unit by unit.
  struct Size {
    fileprivate var rise: [Int]
    fileprivate var fall: [Int]

    mutating func add(_ other: Size) {
      for unit in rise.indices {
        rise[unit] += other.rise[unit]
        fall[unit] += other.fall[unit]
      }
    }
  }

  private let context: LayerContext
  /// [inputs].
  private let sizes: [Size]
  /// [inputs][units], digits of the weights.
  private let digits: [[Int]]
  /// Cycles of a unit's run beyond its digits.
  private let run: Double
  /// Cycles that a digit shares, beyond its own addition, in code that always runs.
  private let shared: Double

  init(_ context: LayerContext) {
    self.context = context
    digits = (0..<context.layer.inputCount).map { input in
      context.layer.weights.map {
        SignedDigits($0[input], highest: context.highest)?.digits.count ?? 0
      }
    }
    sizes = (0..<context.layer.inputCount).map { input in
      Size(
        rise: context.layer.weights.map { max($0[input], 0) * context.inputs.maximum },
        fall: context.layer.weights.map { max(-$0[input], 0) * context.inputs.maximum })
    }
    run = 11 + 3 * Double(context.highest)
    shared = 11 * Double(context.inputs.maximum) / 255
  }

  var inputCount: Int { digits.count }

  /// The runs of a block, one a unit, and the constant of them all; `nil` when one does not fit.
  func runs(_ block: [Int]) -> (runs: [HornerRun], constant: Int)? {
    var runs: [HornerRun] = []
    for weights in context.layer.weights {
      var terms: [(power: Int, term: Term)] = []
      for input in block {
        guard
          let own = context.inputs.terms(
            weight: weights[input], index: input, highest: context.highest)
        else { return nil }
        terms += own
      }
      guard let run = HornerRun(terms) else { return nil }
      runs.append(run)
    }
    let constant = runs.reduce(0) { max($0, $1.constant) }
    guard runs.allSatisfy({ $0.maximum + constant - $0.constant <= 255 }) else { return nil }
    return (runs, constant)
  }

  /// The size of a block of one input.
  func size(of input: Int) -> Size { sizes[input] }

  /// Whether the runs of a block of this size and one more input are likely to fit.
  func fits(_ size: Size, adding input: Int) -> Bool {
    var (rise, fall) = (0, 0)
    for unit in size.rise.indices {
      rise = max(rise, size.rise[unit] + sizes[input].rise[unit])
      fall = max(fall, size.fall[unit] + sizes[input].fall[unit])
    }
    return rise + fall <= 254
  }

  /// As much of a block as fits, from its front.
  func fitting(_ block: [Int]) -> [Int] {
    var block = block
    while !block.isEmpty, runs(block) == nil { block.removeLast() }
    return block
  }

  /// Cycles saved by making a block of some inputs.
  func saving(_ block: [Int], activeShare: Double) -> Double {
    var (inside, outside) = (0.0, 0.0)
    for unit in context.layer.weights.indices {
      let count = Double(block.reduce(0) { $0 + digits[$1][unit] })
      inside += 3 * count + run
      outside += (3 + shared) * count
    }
    let test = 3 * Double(block.count) + 3
    return outside - activeShare * inside - (1 - activeShare) * 16 - test
  }
}

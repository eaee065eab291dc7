/// One operator with its operands.
struct Step {
  /// What the graph calls the node.
  var name: String
  /// ONNX's name of the operator.
  var operation: String
  var kind: Kind
  /// Indices of values; a product's and a convolution's weights are not an operand.
  var operands: [Int]
  /// The index of the value that it gives.
  var result: Int

  enum Kind {
    case elementwise(Elementwise)
    case product(Product)
    case convolution(Convolution)
    case pool(Pool)
    case transposition(Transposition)
  }

  /// The same numbers in another order.
  struct Transposition {
    /// For each axis of the result: its extent, the elements of the result from one place to the next, and those
    /// of the operand.
    var axes: [(extent: Int, inner: Int, stride: Int)]
  }

  /// y_j = b_j + Σ_k w_jk x_k.
  struct Product {
    var inputCount: Int
    var unitCount: Int
    /// The index of a constant [units × inputs].
    var weights: Int
    /// The index of a constant [units].
    var biases: Int?
  }

  /// y_f = b_f + Σ w_fcvh x_c, over the channels of f's group and the taps of a window.
  struct Convolution {
    var window: Window
    var groupCount: Int
    /// The index of a constant [filters × channels of a group × height × width].
    var weights: Int
    /// The index of a constant [filters].
    var biases: Int?

    var tapCount: Int { window.channels / groupCount * window.tapCount }
  }

  /// The largest or the mean of the taps of a window, in each channel.
  struct Pool {
    var window: Window
    var isMaximum: Bool
    /// Whether the mean counts taps beyond the edges, which are 0.
    var countsMargin: Bool
  }

  /// How many products of two numbers it adds up.
  var multiplyAdds: Int {
    switch kind {
    case .product(let product): product.inputCount * product.unitCount
    case .convolution(let convolution):
      convolution.window.resultCount * convolution.tapCount
    case .elementwise, .pool, .transposition: 0
    }
  }
}

internal import QHostInterfaces
internal import QHostNetworks

extension Network {
  /// The parameters at which it computes what another network does, which has the same hidden layers or fewer.
  ///
  /// A hidden layer that the other lacks has the width of the one before it, and hands on what that says: unit i has a weight from
  /// unit i of that layer, and no other. With φ the activation, φ(a φ(z) + b) = φ(z) for all z: a = 1 and b = 0 for relu and sign;
  /// a = 2 and b = −1 for step, so that both its outputs are as far from the step as those of sign.
  ///
  /// Source: T. Chen, I. Goodfellow, J. Shlens, *Net2Net*, ICLR 2016, section 2.3 (a deeper network).
  ///
  /// - Parameter graph: fully connected layers.
  /// - Returns: the parameters, [n].
  /// - Throws: severity `unsupported` for a network that it is not equal to anywhere.
  func parameters(of graph: Graph) throws(ComponentError) -> [Double] {
    let chain = try DenseChain(graph)
    guard hidden.knotCount == 0 else {
      throw .unsupported(
        "its activation is learned, whose tables are not taken over; choose another activation")
    }
    try chain.check(hidden)
    var parameters = [Double](repeating: 0, count: parameterCount)
    for (layer, origin) in try origins(in: chain).enumerated() {
      let start = offsets[layer]
      if let origin {
        let other = chain.layers[origin]
        let values = other.weights + (hasBias ? other.biases : [])
        parameters.replaceSubrange(start..<start + values.count, with: values)
      } else {
        let (weight, bias) = try handingOn(from: chain)
        for unit in 0..<widths[layer + 1] {
          parameters[start + unit * widths[layer] + unit] = weight
          parameters[biasOffset(layer) + unit] = bias
        }
      }
    }
    return parameters
  }

  /// Which layer of the other network each layer is; `nil`: one that hands on what the layer before it says.
  private func origins(in chain: DenseChain) throws(ComponentError) -> [Int?] {
    let refusal = ComponentError.unsupported(
      "it has layers of \(DenseChain.text(widths)) units and cannot start from a network of "
        + "\(DenseChain.text(chain.widths)); set the same hidden units, or the same and further ones as wide as those "
        + "before them")
    var (origins, next) = ([Int?](), 0)
    for layer in 0..<layerCount - 1 {
      if next < chain.layers.count - 1, chain.widths[next + 1] == widths[layer + 1] {
        origins.append(next)
        next += 1
      } else if layer > 0, widths[layer + 1] == widths[layer] {
        origins.append(nil)
      } else {
        throw refusal
      }
    }
    guard next == chain.layers.count - 1, chain.widths[0] == widths[0],
      chain.widths[chain.widths.count - 1] == outputCount
    else { throw refusal }
    return origins + [next]
  }

  /// The weight and the bias of a unit that hands on what another says.
  private func handingOn(from chain: DenseChain) throws(ComponentError) -> (Double, Double) {
    switch activation {
    case .relu, .sign, .identity: return (1, 0)
    case .step: return (2, -1)
    case .tanh, .sigmoid, .sine, .learned:
      throw .unsupported(
        "it has layers of \(DenseChain.text(widths)) units, the other network \(DenseChain.text(chain.widths)), and a layer "
          + "of \(activation) units cannot hand on what those before it say as it is; choose relu, step or sign, or the "
          + "same layers")
    }
  }
}

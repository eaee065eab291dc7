internal import QHostInterfaces
internal import QHostNetworks

extension IntegerNetwork {
  /// Proves that no sum leaves 16 bits, whatever the inputs.
  ///
  /// With levels of 0 ... h, Σ_i w_i h_i lies between h Σ min(w_i, 0) and h Σ max(w_i, 0); both ends must
  /// fit, with the unit's offset and without.
  ///
  /// - Throws: the first unit that may overflow, with its range.
  func checkSums(_ point: IntegerPoint) throws(ComponentError) {
    for layer in 0..<layerCount {
      for unit in 0..<widths[layer + 1] {
        let weights = (0..<widths[layer]).map { point.weight(layer, unit, $0) }
        let low = highestInput(layer) * weights.reduce(0) { $0 + min($1, 0) }
        let high = highestInput(layer) * weights.reduce(0) { $0 + max($1, 0) }
        let offset = point.unit(layer, unit).offset
        let (least, most) = (min(low, low + offset), max(high, high + offset))
        guard least < Int(Int16.min) || most > Int(Int16.max) else { continue }
        throw .parameter(
          "the sum of unit \(unit) of layers.\(layer) may be anything from \(least) to \(most), "
            + "which 16 bits do not hold; use fewer levels of weights, fewer bits of "
            + "\(layer == 0 ? "inputs" : "activations"), or fewer inputs")
      }
    }
  }
}

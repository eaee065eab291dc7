/// How far a network of sine units starts from 0: uniform over ± limits.
///
/// Weights of the first layer ω/F, so that its sines go through some periods; of later ones √(6/inputs), so that
/// arguments of sines have deviation 1; biases ω/√inputs. The output then has deviation 1.
///
/// Source: Sitzmann, Martel, Bergman, Lindell, Wetzstein, *Implicit neural representations with periodic activation
/// functions*, NeurIPS 2020, section 3.2.
///
/// *Deviations*: the factor ω is in the weights and biases instead of before them, so that an optimizer's step does
/// not grow with it; the last layer's limit has no ω, and its bias starts at 0.
struct SineInitialisation {
  let layers: SineLayers
  /// ω, the frequency of the sines.
  let frequency: Double

  /// The limits of all weights and biases, [k − T].
  var limits: [Double] {
    (0..<layers.layerCount).flatMap { layer in
      let (inputs, units) = (layers.widths[layer], layers.widths[layer + 1])
      let root = Double(inputs).squareRoot()
      let weight = layer == 0 ? frequency / Double(inputs) : 6.0.squareRoot() / root
      let bias = layer + 1 == layers.layerCount ? 0 : frequency / root
      return [Double](repeating: weight, count: inputs * units)
        + [Double](repeating: bias, count: units)
    }
  }

  /// The deviation of a start over these limits, [k − T]; 1 where it is 0.
  var spreads: [Double] { limits.map { $0 == 0 ? 1 : $0 / 3.0.squareRoot() } }
}

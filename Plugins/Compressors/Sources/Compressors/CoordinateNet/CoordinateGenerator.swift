internal import QHostInterfaces

/// p_i = g_t s_i f(x_i): a network f of sine units maps the place x_i of weight i to its value, in units of the spread s_i
/// of the weight and the gain g_t of its tensor.
///
/// Weights are worked on in strips, in single precision; nothing is kept between calls.
struct CoordinateGenerator: ParameterGenerator {
  /// Weights that are worked on at once; a multiple of 16.
  static let strip = 512

  let layers: SineLayers
  let inputs: CoordinateInputs
  /// s, [n].
  let scales: [Double]
  /// The tensor of each weight, [n].
  let tensors: [Int32]

  func generate(
    _ parameters: UnsafeBufferPointer<Double>, into inner: UnsafeMutableBufferPointer<Double>
  ) {
    let pass = SinePass(layers, parameters, hasSlopes: false)
    for first in stride(from: 0, to: scales.count, by: Self.strip) {
      let count = min(Self.strip, scales.count - first)
      pass.forward(inputs.start + first, stride: inputs.stride, count: count)
      for place in 0..<count {
        let weight = first + place
        let gain = parameters[layers.gainOffset + Int(tensors[weight])]
        inner[weight] = gain * scales[weight] * Double(pass.output[place])
      }
    }
  }

  func pullBack(
    _ innerGradient: UnsafeBufferPointer<Double>, at parameters: UnsafeBufferPointer<Double>,
    into gradient: UnsafeMutableBufferPointer<Double>
  ) {
    gradient.update(repeating: 0)
    let pass = SinePass(layers, parameters, hasSlopes: true)
    for first in stride(from: 0, to: scales.count, by: Self.strip) {
      let count = min(Self.strip, scales.count - first)
      pass.forward(inputs.start + first, stride: inputs.stride, count: count)
      for place in 0..<count {
        let weight = first + place
        let slope = innerGradient[weight] * scales[weight]
        let gain = layers.gainOffset + Int(tensors[weight])
        gradient[gain] += slope * Double(pass.output[place])
        pass.outputGradient[place] = Float(slope * parameters[gain])
      }
      pass.backward(inputs.start + first, stride: inputs.stride, count: count, into: gradient)
    }
  }
}

internal import CSpikingNeurons

#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// A smooth step in place of the spike, whose slope the gradient is made with; k is its steepness.
///
/// Source: Neftci, Mostafa, Zenke, *Surrogate gradient learning in spiking neural networks*, IEEE Signal
/// Processing Magazine 36 (2019) 51.
package enum Surrogate: String, Sendable, CaseIterable {
  case fastSigmoid = "fast-sigmoid"
  case arctan
  case sigmoid
  case triangle
  case boxcar

  /// Of the kernels.
  package var code: UInt32 {
    let code =
      switch self {
      case .fastSigmoid: QHOST_SPIKING_FAST_SIGMOID
      case .arctan: QHOST_SPIKING_ARCTAN
      case .sigmoid: QHOST_SPIKING_SIGMOID
      case .triangle: QHOST_SPIKING_TRIANGLE
      case .boxcar: QHOST_SPIKING_BOXCAR
      }
    return UInt32(code)
  }

  /// The smooth step whose derivative the slope is, up to a constant.
  package func step(_ x: Double, steepness k: Double) -> Double {
    switch self {
    case .fastSigmoid: return x / (1 + k * abs(x))
    case .arctan: return atan(.pi / 2 * k * x) / .pi
    case .sigmoid: return 1 / (1 + exp(-k * x))
    case .triangle:
      let z = max(-1, min(1, k * x))
      return z - z * abs(z) / 2
    case .boxcar: return max(-0.5, min(0.5, k * x))
    }
  }

  /// The slope.
  package func slope(_ x: Double, steepness k: Double) -> Double {
    switch self {
    case .fastSigmoid:
      let d = 1 + k * abs(x)
      return 1 / (d * d)
    case .arctan:
      let z = .pi / 2 * k * x
      return k / 2 / (1 + z * z)
    case .sigmoid:
      let s = 1 / (1 + exp(-k * x))
      return k * s * (1 - s)
    case .triangle: return max(0, k * (1 - k * abs(x)))
    case .boxcar: return 2 * k * abs(x) < 1 ? k : 0
    }
  }

  /// The slopes as the kernels have them.
  package func slopes(_ x: [Float], steepness: Float) -> [Float] {
    var slopes = [Float](repeating: 0, count: x.count)
    qhost_spiking_surrogate(code, steepness, x, x.count, &slopes)
    return slopes
  }
}

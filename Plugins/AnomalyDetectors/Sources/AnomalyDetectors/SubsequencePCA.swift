public import QHostInterfaces
import QHostNumerics

/// Distance of the last values from those before along all principal components, in their deviations.
///
/// With the mean m and the covariance of all windows so far and its eigenvectors vⱼ and eigenvalues λⱼ, a window u scores Σⱼ ((u − m)·vⱼ)²/(λⱼ + ε).
/// They are found again after every `refit` windows, the first time when there are twice as many as a window has values; scores are 0 until then.
///
/// Source: Sub-PCA of TSB-AD (Q. Liu, J. Paparrizos, NeurIPS 2024), after M.-L. Shyu et al., 2003.
///
/// *Deviations*: components are learnt from the values so far, not from all; the weights are squares over variances, those
/// of Shyu et al., where TSB-AD takes distances from components over parts of the variance.
public final class SubsequencePCA: DetectorModel {
  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "sub-pca",
    summary: "Anomaly score: distance of the last values along principal components of all before.",
    source: "Q. Liu, J. Paparrizos, The elephant in the room, NeurIPS 2024.",
    parameters: [
      .integer("window", default: 32, in: 2...128, "Values of a window."),
      .integer("refit", default: 100, in: 1...1_000_000, "Windows between decompositions."),
      .positive("epsilon", default: 1e-3, upTo: 1e6, "ε, added to variances."),
    ])

  /// What makes its detectors.
  public let source: DetectorSource

  /// Makes an instance.
  public init(request: ComponentRequest, mapping: Mapping) throws(ComponentError) {
    let window = request.configuration.integer("window")
    let refit = request.configuration.integer("refit")
    let epsilon = request.configuration.real("epsilon")
    source = try DetectorSource(mapping, multiplyAdds: 2 * window * window) {
      _ in Components(window: window, refit: refit, epsilon: epsilon)
    }
  }

  private struct Components: OnlineDetector {
    let width: Int
    let refit: Int
    let epsilon: Double
    var window: [Double] = []
    /// Σ u and Σ u uᵀ of the windows so far.
    var sums: [Double]
    var products: [Double]
    var count = 0
    var mean: [Double] = []
    var eigen: SymmetricEigen
    var isFitted = false

    init(window: Int, refit: Int, epsilon: Double) {
      width = window
      self.refit = refit
      self.epsilon = epsilon
      sums = [Double](repeating: 0, count: window)
      products = [Double](repeating: 0, count: window * window)
      eigen = SymmetricEigen(count: window)
    }

    mutating func score(_ value: Double) -> Double {
      window.append(value)
      if window.count > width { window.removeFirst() }
      guard window.count == width else { return 0 }
      let score = isFitted ? distance : 0
      for i in 0..<width {
        sums[i] += window[i]
        for j in 0...i { products[i * width + j] += window[i] * window[j] }
      }
      count += 1
      if count % refit == 0, count >= 2 * width { fit() }
      return score
    }

    private var distance: Double {
      var sum = 0.0
      for component in 0..<width {
        var projection = 0.0
        for i in 0..<width {
          projection += (window[i] - mean[i]) * eigen.vectors[component * width + i]
        }
        sum += projection * projection / (max(eigen.values[component], 0) + epsilon)
      }
      return sum
    }

    private mutating func fit() {
      let n = Double(count)
      let mean = sums.map { $0 / n }
      var covariance = [Double](repeating: 0, count: width * width)
      for i in 0..<width {
        for j in 0...i {
          let value = products[i * width + j] / n - mean[i] * mean[j]
          covariance[i * width + j] = value
          covariance[j * width + i] = value
        }
      }
      // A decomposition that fails leaves nothing of use: the components before stay.
      var next = eigen
      guard next.decompose(covariance), next.vectors.allSatisfy(\.isFinite) else { return }
      eigen = next
      self.mean = mean
      isFitted = true
    }
  }
}

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
public import QHostInterfaces

/// How far the last values are from everything that was there before, at several widths.
///
/// For each width w, d_w(t) is the distance per value, √(1/w Σ (x − x′)²), of the last w values from the nearest w values that
/// ended w steps ago or before. r_w = d_w/m_w is how it compares with the largest one of late, m_w ← max(λ m_w, d_w). The
/// score is tanh(max(z, 0)/4), z being the distance of the largest width's d from its mean so far in its deviations; and
/// where the mean r of all widths is above 1, which says that nothing of late was as new, r is added.
///
/// Source: distances to the nearest window before are the left matrix profile of C.-C. M. Yeh et al., *Matrix profile I*, ICDM 2016, and
/// Y. Lu et al., *Matrix profile XXIV*, KDD 2022, here of values as they are, not of windows of deviation 1. How they are put
/// together is our own: widths, λ and the level were chosen on those 23 series of NAB that are not among the 35.
///
/// Complexity: a point takes time and memory in proportion to those before it and the number of widths.
public final class NoveltyDetector: DetectorModel {
  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "novelty",
    summary:
      "Anomaly score: distance of the last values from all windows before, at several widths.",
    source: "C.-C. M. Yeh et al., Matrix profile I, ICDM 2016; Y. Lu et al., KDD 2022.",
    parameters: [
      .integers(
        "widths", default: [2, 8, 32, 128], in: 1...10_000, "Values of the windows, rising."),
      .real(
        "memory", default: 0.998, in: 0...1, "λ, how slowly the largest distance is forgotten."),
    ])

  /// What makes its detectors.
  public let source: DetectorSource

  /// Makes an instance.
  public init(request: ComponentRequest, mapping: Mapping) throws(ComponentError) {
    let widths = request.configuration.integers("widths")
    let memory = request.configuration.real("memory")
    guard !widths.isEmpty, zip(widths, widths.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw .parameter(
        "widths must rise, and they are "
          + "\(widths.map(String.init).joined(separator: ",")); put them in order")
    }
    source = try DetectorSource(mapping, multiplyAdds: 10_000 * widths.count) {
      _ in Novelty(widths: widths, memory: memory)
    }
  }

  private struct Novelty: OnlineDetector {
    let memory: Double
    var values: [Double] = []
    var nearest: [NearestWindow]
    /// m of each width.
    var largest: [Double]
    /// Number, sum and sum of squares of d of the largest width.
    var count = 0.0
    var sum = 0.0
    var squares = 0.0

    init(widths: [Int], memory: Double) {
      self.memory = memory
      nearest = widths.map(NearestWindow.init)
      largest = [Double](repeating: NoveltyDetector.floor, count: widths.count)
    }

    mutating func score(_ value: Double) -> Double {
      values.append(value)
      var (record, distance) = (0.0, 0.0)
      for place in nearest.indices {
        distance = nearest[place].distance(values)
        record += distance / largest[place] / Double(nearest.count)
        largest[place] = max(largest[place] * memory, distance, NoveltyDetector.floor)
      }
      return tanh(max(deviation(of: distance), 0) / 4) + (record > 1 ? record : 0)
    }

    private mutating func deviation(of distance: Double) -> Double {
      var deviation = 0.0
      if count > NoveltyDetector.settling {
        let mean = sum / count
        deviation =
          (distance - mean)
          / (max(squares / count - mean * mean, 0).squareRoot() + NoveltyDetector.floor)
      }
      count += 1
      sum += distance
      squares += distance * distance
      return deviation
    }
  }

  /// Distances of less are taken for this much, so that what is repeated exactly is not a division by 0.
  fileprivate static let floor = 0.01
  /// Points before a mean means something.
  fileprivate static let settling = 100.0
}

/// The distance of the last values of a series from those before.
private struct NearestWindow {
  let width: Int
  /// Σ (x(t − i) − x(t − i − lag))² over the last `width` values, for each lag; [0] is not used.
  private var distances: [Double] = [0]

  init(width: Int) { self.width = width }

  /// Continues by one value, the last one of `values`; 0 where no window lies far enough back.
  mutating func distance(_ values: [Double]) -> Double {
    let (now, width) = (values.count - 1, width)
    if now > 0 { distances.append(0) }
    let least = values.withUnsafeBufferPointer { x in
      distances.withUnsafeMutableBufferPointer { d in
        for lag in stride(from: 1, through: now, by: 1) {
          let entering = x[now] - x[now - lag]
          d[lag] += entering * entering
        }
        for lag in stride(from: 1, through: now - width, by: 1) {
          let leaving = x[now - width] - x[now - width - lag]
          d[lag] -= leaving * leaving
        }
        var least = Double.infinity
        for lag in stride(from: width, through: now - width + 1, by: 1) {
          least = d[lag] < least ? d[lag] : least
        }
        return least
      }
    }
    return least.isFinite ? (max(least, 0) / Double(width)).squareRoot() : 0
  }
}

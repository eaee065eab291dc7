/// Holm's correction of the probabilities of several tests: how likely any false finding is among them.
///
/// p̃₍ᵢ₎ = max_{j ≤ i} min(1, (m − j + 1) p₍ⱼ₎), from the least p₍₁₎. Source: S. Holm, Scand. J.
/// Statist. 6 (1979) 65.
public enum Holm {
  /// The corrected probabilities, in the order given.
  ///
  /// - Throws: ``StatisticsError/notANumber(place:)``.
  public static func adjusted(_ pValues: [Double]) throws(StatisticsError) -> [Double] {
    if let place = pValues.firstIndex(where: \.isNaN) { throw .notANumber(place: place) }
    var adjusted = pValues
    var greatest = 0.0
    let order = pValues.indices.sorted { pValues[$0] < pValues[$1] }
    for (place, index) in order.enumerated() {
      greatest = max(greatest, min(1, Double(pValues.count - place) * pValues[index]))
      adjusted[index] = greatest
    }
    return adjusted
  }
}

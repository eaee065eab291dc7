/// The period of a series, which tells how far borders of anomalies are widened.
///
/// The lag of the highest local maximum of the autocorrelation at lags 3 ... 400, over at most 20,000 rows; 125 where
/// there is none, or where it lies beyond 3 ... 300 lags after the third.
///
/// Source: `find_length_rank` of TSB-AD 1.5.
public enum SeriesPeriod {
  /// The lag.
  public static func period(of series: [Double]) -> Int {
    let (base, other) = (3, 125)
    let values = Array(series.prefix(20_000))
    let correlations = autocorrelation(values, lagCount: min(400, values.count - 1))
    guard correlations.count > base + 2 else { return other }
    let tail = Array(correlations[base...])
    var best: Int?
    for place in 1..<tail.count - 1
    where tail[place] > tail[place - 1] && tail[place] > tail[place + 1] {
      if best == nil || tail[place] >= tail[best ?? 0] { best = place }
    }
    guard let best, (3...300).contains(best) else { return other }
    return best + base
  }

  /// The values at lags 0 to lagCount, each Σ (x(t) − m)(x(t + lag) − m) / Σ (x(t) − m)²; empty for a constant series.
  private static func autocorrelation(_ values: [Double], lagCount: Int) -> [Double] {
    guard lagCount > 0 else { return [] }
    let moments = Moments(values)
    let centred = values.map { $0 - moments.mean }
    let total = moments.variance * Double(values.count)
    guard total > 0 else { return [] }
    return (0...lagCount).map { lag in
      var sum = 0.0
      for t in 0..<centred.count - lag { sum += centred[t] * centred[t + lag] }
      return sum / total
    }
  }
}

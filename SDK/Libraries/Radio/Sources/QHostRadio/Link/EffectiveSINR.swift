/// One ratio for a block whose symbols have different ones: by mutual information (MIESM).
///
/// γ_eff = I⁻¹(mean of I(γ)) with I the capacity of the modulation: no parameter is to be calibrated.
public enum EffectiveSINR {
  /// The effective ratio of several.
  ///
  /// - Parameters:
  ///   - ratios: at least one, in dB.
  ///   - bitsPerSymbol: 2, 4, 6 or 8.
  /// - Returns: γ_eff in dB.
  public static func byInformation(_ ratios: [Double], bitsPerSymbol: Int) -> Double {
    precondition(!ratios.isEmpty, "no ratios to take the mean of")
    let curve = BICMCapacity.curve(bitsPerSymbol: bitsPerSymbol)
    let mean = ratios.reduce(0) { $0 + curve.capacity(snr: $1) } / Double(ratios.count)
    // The curve is flat where it is full: what is above is the least of the ratios.
    let least = ratios.min() ?? 0
    return max(least, min(curve.snr(capacity: max(mean, 1e-300)), ratios.max() ?? 0))
  }
}

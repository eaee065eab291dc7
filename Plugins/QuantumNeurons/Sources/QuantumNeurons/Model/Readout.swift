internal import QHostInterfaces

/// From sums over paths to activities.
///
///     A = Σ V₀(φ) / Σ V₀(p),   subtracted: A − Σ V₀(vacuum) / Σ V₀(p)
struct Readout: Sendable {
  /// What Σ (φ² − 1)² is multiplied by.
  let factor: Double
  /// The activity of a neuron that nothing drives.
  let vacuum: Double
  /// What is taken off: the vacuum's activity, or nothing.
  let shift: Double

  init(_ settings: NeuronSettings) throws(ComponentError) {
    let well = settings.graph.well
    let train = KinkTrain(kinkCount: settings.graph.kinkCount, in: well)
    factor = well.lambda / 4 / train.potential
    guard !settings.isClassical else {
      (vacuum, shift) = (0, 0)
      return
    }
    let spectrum = try WellSpectrum(well)
    vacuum = Double(well.sliceCount) * spectrum.thermal(well.potential) / train.potential
    shift = settings.isRaw ? 0 : vacuum
  }

  /// The activity of a sum.
  func activity(_ sum: Float) -> Float { Float(Double(sum) * factor - shift) }
}

internal import QHostInterfaces

/// What a program means by numbers that NIR files do not explain.
package enum NIRDialect: String, Sendable, CaseIterable {
  /// The equations of the NIR paper.
  case nir
  /// snnTorch 1.0.
  case snntorch
  /// Norse 1.1: it writes time constants times the step, and does not look at `r`.
  case norse
  /// SpikingJelly 2.0: spikes come at the threshold, too.
  case spikingjelly

  /// Seconds of a step where users say nothing: none is in the file.
  package var step: Double { self == .norse ? 1e-3 : 1e-4 }

  /// A time constant in a file for one in steps: Norse reads seconds, although it writes something else.
  package func written(_ steps: Double, step: Double) -> Double { steps * step }

  /// A time constant in steps for one in a file.
  package func steps(_ written: Double, step: Double) -> Double {
    self == .norse ? written / (step * step) : written / step
  }

  /// How they are declared.
  static let choice = [
    ParameterDescriptor.Choice("nir", "The equations of the NIR paper; steps of 1e-4 s."),
    .init("snntorch", "snnTorch 1.0: steps of 1e-4 s."),
    .init("norse", "Norse 1.1: steps of 1e-3 s, time constants times the step, no r."),
    .init("spikingjelly", "SpikingJelly 2.0: steps of 1e-4 s, spikes at the threshold, too."),
  ]
}

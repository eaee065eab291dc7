/// What the outputs of a network are.
package enum ReadOut: String, Sendable, CaseIterable {
  /// Spikes of output neurons in a row.
  case count
  /// Minus the step of an output neuron's first spike in a row; minus all steps where there is none.
  case firstSpike = "first-spike"
  /// The mean of the membranes of output neurons, which have no spikes.
  case membrane
  /// A linear function of the traces of the last layer's spikes, at the end of a row.
  case trace
}

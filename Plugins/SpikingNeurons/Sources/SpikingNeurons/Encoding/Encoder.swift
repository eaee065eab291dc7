/// How inputs become events.
///
/// A row of numbers is shown for ``steps`` steps; of a series each step is. All codes but `direct` are of
/// z = (x − low) / (high − low), kept within 0 ... 1.
package struct Encoder: Sendable {
  /// A code.
  package enum Code: String, Sendable, CaseIterable {
    /// Inputs are events as they are, with the strength x.
    case direct
    /// Σ z rises from a phase of the channel; a spike whenever it reaches an integer.
    case rate
    /// A spike where z is above random numbers that are fixed, one for each step and channel.
    case poisson
    /// One spike, in step (1 − z)(steps − 1), none for z = 0.
    case latency
    /// Spikes of two channels, up and down, when z has moved by more than a threshold.
    case delta
    /// Channels that respond to ranges of z, e^(−((z − c)/σ)²/2), each in a rate code.
    case population
  }

  package let code: Code
  package let steps: Int
  package let isSeries: Bool
  /// Steps of a series at most; 1 for a row.
  package let seriesSteps: Int
  /// Numbers of a step, or of a row.
  package let channelCount: Int
  package let low: Float
  package let high: Float
  package let groupCount: Int
  package let threshold: Float
  /// [steps × channels], for `poisson`.
  package var noise: [Float] = []

  /// N, inputs of the first layer.
  package var outputCount: Int {
    switch code {
    case .direct, .rate, .poisson, .latency: channelCount
    case .delta: 2 * channelCount
    case .population: groupCount * channelCount
    }
  }

  /// Whether all steps of a row have the same events, which are listed once.
  package var isConstant: Bool { code == .direct && !isSeries && !isExpanded }
  /// Whether constant events are listed for each step all the same, since synapses delay them.
  package let isExpanded: Bool

  /// Steps of a row of so many steps of a series.
  package func stepCount(_ length: Int) -> Int { isSeries ? length * steps : steps }

  /// The most steps of a row.
  package var mostSteps: Int { stepCount(seriesSteps) }

  /// What continues from row to row of a stream.
  package struct State: Sendable {
    /// Σ z of each output, less the spikes.
    package var sums: [Float]
    /// z that a delta code has told of.
    package var told: [Float]
    package var hasTold = false
  }

  package var initialState: State {
    let count = code == .rate || code == .population ? outputCount : 0
    // Phases as far apart as they can be, so that equal inputs do not spike together.
    let sums = (0..<count).map { index in
      let place = Double(index + 1) * 0.618_033_988_749_895
      return Float(place - place.rounded(.down))
    }
    return State(sums: sums, told: [Float](repeating: 0, count: code == .delta ? channelCount : 0))
  }
}

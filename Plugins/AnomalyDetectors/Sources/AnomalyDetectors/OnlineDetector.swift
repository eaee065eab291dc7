public import QHostInterfaces

/// Scores the points of one series, each before it sees the next.
protocol OnlineDetector {
  /// Takes the next value of the series and says how anomalous it is: at least 0, more is more so.
  mutating func score(_ value: Double) -> Double
}

/// A model whose output is the anomaly score of the point that it is given, times a gain.
///
/// Inputs are rows [1 × S] of a stream: channel 0 is the value, channel 1, where there is one, is 1 where another series
/// begins. The one parameter is the gain, 1 at the start: the interface asks for one, and it changes no order of scores.
/// The optimizer `none` leaves it there.
public protocol DetectorModel: ModelComponent, SeriesModel {
  /// What makes its detectors.
  var source: DetectorSource { get }
}

extension DetectorModel {
  /// A gain of 1.
  public func initialParameters(start: UInt64) throws(ComponentError) -> [Double] { [1] }

  /// A session with no rows yet.
  public func makeSession() throws(ComponentError) -> any ModelSession { DetectorSession(source) }

  /// What it is.
  public var modelDescription: ModelDescription {
    var description = ModelDescription(parameterCount: 1, multiplyAdds: source.multiplyAdds)
    description.blocks = [ParameterBlock(name: "gain", shape: Shape([1]), offset: 0)]
    description.takesSeries = true
    return description
  }
}

/// What sessions need to know of a detector.
public struct DetectorSource: Sendable {
  /// S, the number of channels.
  let channelCount: Int
  /// About what a point costs.
  let multiplyAdds: Int
  /// A detector for the series of a number, counted from 0 in each pass.
  let make: @Sendable (Int) -> any OnlineDetector

  /// Checks the mapping.
  ///
  /// - Throws: kind `parameter` for inputs that are not a stream of values, or more than one output.
  init(
    _ mapping: Mapping, multiplyAdds: Int,
    make: @escaping @Sendable (Int) -> any OnlineDetector
  ) throws(ComponentError) {
    let extents = mapping.input.extents
    guard mapping.task == .regression, mapping.output.count == 1, extents.count == 2,
      extents[0] == 1, (1...2).contains(extents[1])
    else {
      throw .parameter(
        "it scores the points of streams (inputs 1×1 or 1×2, one output), and this "
          + "dataset has inputs \(mapping.input) and \(mapping.output.count) outputs; use the dataset "
          + "anomaly")
    }
    channelCount = extents[1]
    self.multiplyAdds = max(multiplyAdds, 1)
    self.make = make
  }
}

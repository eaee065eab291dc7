import QHostInterfaces

/// How rows are values, and which of them stand for others.
struct ReservoirLayout: Sendable {
  /// T, values of a row.
  let stepCount: Int
  /// Channels of a row's step in the inputs.
  let inputChannels: Int
  /// S, channels that units see: not the last one with ``isFedBack``.
  let channelCount: Int
  /// C.
  let outputCount: Int
  /// Whether outputs stand in for values that are not given.
  let isFedBack: Bool
  /// Rows of a stream whose outputs are 0.
  let washout: Int

  /// Reads it from settings.
  ///
  /// - Throws: kind `parameter` where outputs cannot be fed back.
  init(_ configuration: Configuration, _ mapping: Mapping) throws(ComponentError) {
    let extents = mapping.input.extents
    stepCount = extents.count == 2 ? extents[0] : 1
    inputChannels = mapping.input.count / stepCount
    outputCount = mapping.output.count
    isFedBack = configuration.boolean("feedback")
    washout = configuration.integer("washout")
    channelCount = isFedBack ? outputCount : inputChannels
    guard !isFedBack || (stepCount == 1 && inputChannels == outputCount + 1) else {
      throw .parameter(
        "reservoir: feedback=true needs inputs [1 x \(outputCount + 1)], the \(outputCount) outputs and whether they are given; these "
          + "are \(mapping.input); set feedback=false")
    }
  }
}

/// A block of rows, and the scratch memory to work on them.
///
/// One thread at a time.
///
/// n = parameters, P = candidates, B = rows, F = numbers in one input, C = numbers in one output,
/// K = offsets. Rows are the contiguous axis of inputs and outputs. Buffers are borrowed for the
/// call, but for the inputs of ``bind(inputs:rowCount:)``.
public protocol ModelSession: AnyObject {
  /// Gives the session its rows, and ends what ``openCuts(parameters:)`` began.
  ///
  /// - Parameters:
  ///   - inputs: [F × B]; valid and unchanged until the next bind or the session's end.
  ///   - rowCount: B.
  /// - Throws: when the rows cannot be worked on.
  func bind(inputs: UnsafeBufferPointer<Float>, rowCount: Int) throws(ComponentError)

  /// Writes the outputs of P candidates on the session's rows.
  ///
  /// - Parameters:
  ///   - parameters: [P × n], row-major.
  ///   - pointCount: P ≥ 1.
  ///   - outputs: [P × C × B], rows contiguous, overwritten.
  /// - Throws: severity `discard` for parameters without outputs; any other error ends the run.
  func forward(
    parameters: UnsafeBufferPointer<Double>, pointCount: Int,
    outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError)

  /// Says which rows those of the last bind are; for models that are stochastic.
  ///
  /// - Parameter keys: [B], below 2³²: the same for the same row whatever block and thread it is in. With them as
  ///   `index`, and a draw's number as `step`, the host's streams give a row its random numbers.
  /// - Throws: when the rows cannot be worked on.
  func bindRows(keys: UnsafeBufferPointer<UInt64>) throws(ComponentError)

  /// As ``forward(parameters:pointCount:outputs:)``, for models that are stochastic.
  ///
  /// - Parameters:
  ///   - parameters: [P × n].
  ///   - draws: [P], the number of each candidate's draw.
  ///   - outputs: [P × C × B], written: functions of parameters, inputs, keys and draws alone.
  /// - Throws: what goes wrong.
  func forward(
    parameters: UnsafeBufferPointer<Double>, draws: UnsafeBufferPointer<UInt64>,
    outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError)

  /// Says how long the series of the last bind are; for models that take series.
  ///
  /// Every forward and backward until the next bind starts where `start` says; forward may be called again.
  ///
  /// - Parameters:
  ///   - lengths: [B], 1 ... T; inputs beyond are 0 and mean nothing.
  ///   - start: where the state comes from that each row begins with.
  /// - Throws: when the rows cannot be worked on.
  func bindSeries(lengths: UnsafeBufferPointer<UInt64>, start: SeriesStart) throws(ComponentError)

  /// Writes the gradient [n]: Σ over rows and outputs of outputGradients [C × B] · ∂output/∂parameter.
  ///
  /// At the parameters of the last forward, which had P = 1.
  ///
  /// - Parameters:
  ///   - outputGradients: ∂L/∂output, [C × B].
  ///   - gradient: ∂L/∂parameter, [n], overwritten.
  /// - Throws: severity `unsupported` where ``ModelDescription/hasGradient`` is false.
  func backward(
    outputGradients: UnsafeBufferPointer<Float>, gradient: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError)

  /// Makes `parameters` [n] the base point of the cuts that follow.
  ///
  /// - Parameter parameters: [n], copied.
  /// - Throws: severity `unsupported` where ``ModelDescription/hasCuts`` is false.
  func openCuts(parameters: UnsafeBufferPointer<Double>) throws(ComponentError)

  /// Writes the outputs at base + offsets[k]·e_index; after ``openCuts(parameters:)``.
  ///
  /// - Parameters:
  ///   - index: the parameter that changes, below n.
  ///   - offsets: [K].
  ///   - outputs: [K × C × B], rows contiguous, overwritten.
  /// - Throws: severity `unsupported` where ``ModelDescription/hasCuts`` is false.
  func cut(
    index: Int, offsets: UnsafeBufferPointer<Double>, outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError)

  /// Makes base + delta·e_index the base point.
  ///
  /// - Parameters:
  ///   - index: the parameter that changes, below n.
  ///   - delta: what it changes by.
  /// - Throws: severity `unsupported` where ``ModelDescription/hasCuts`` is false.
  func move(index: Int, delta: Double) throws(ComponentError)

  /// As ``cut(index:offsets:outputs:)``, but writes only what differs from the base point's outputs.
  ///
  /// - Parameters:
  ///   - index: the parameter that changes, below n.
  ///   - offsets: [K].
  ///   - changes: room for K offsets; out: the rows that differ, their outputs, and the work done.
  /// - Throws: severity `unsupported` where ``ModelDescription/hasCutChanges`` is false.
  func cutChanges(
    index: Int, offsets: UnsafeBufferPointer<Double>, into changes: inout CutChanges
  ) throws(ComponentError)

  /// As ``move(index:delta:)``, and writes the outputs that differ from those before; K = 1.
  ///
  /// - Parameters:
  ///   - index: the parameter that changes, below n.
  ///   - delta: what it changes by.
  ///   - changes: room for one offset; out: the rows that differ, their outputs, and the work done.
  /// - Throws: severity `unsupported` where ``ModelDescription/hasCutChanges`` is false.
  func moveChanges(
    index: Int, delta: Double, into changes: inout CutChanges
  ) throws(ComponentError)

  /// Says what each next ``openCuts(parameters:)`` adds to units' sums; for models of units with two outputs.
  ///
  /// - Parameter noise: [U × B], valid until the next call or bind; `nil`: nothing.
  /// - Throws: what goes wrong.
  func takeNoise(_ noise: UnsafePointer<Float>?) throws(ComponentError)

  /// Writes a unit's sums, and the outputs with it low and high; after ``openCuts(parameters:)``.
  ///
  /// - Parameters:
  ///   - unit: below ``ModelDescription/flipUnitCount``.
  ///   - sums: [B], with their noise.
  ///   - outputs: [2 × C × B], at the base point but for this unit's output: the lower one in all rows, then the higher.
  /// - Throws: what goes wrong.
  func openUnit(
    _ unit: Int, sums: UnsafeMutableBufferPointer<Float>,
    outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError)

  /// What the sum of a parameter's unit changes by where the parameter grows by 1.
  ///
  /// - Parameter index: of the parameter, below n; one with a unit, see ``Model/flippingUnit(of:)``.
  /// - Returns: the factors of all rows, valid until the next call of the session.
  /// - Throws: severity `unsupported` for a model without units with two outputs.
  func factors(index: Int) throws(ComponentError) -> SumFactors

  /// Fixes the places of a unit with more than two outputs, before it is held and opened.
  ///
  /// - Parameters:
  ///   - unit: below ``ModelDescription/potentialUnitCount``.
  ///   - offset: the size of the largest offset, above 0; a cut as wide from here is at places in all rows.
  /// - Throws: what goes wrong.
  func preparePotential(unit: Int, offset: Double) throws(ComponentError)

  /// Writes the outputs with a unit held at places, in all rows; after ``openCuts(parameters:)``, with no unit open.
  ///
  /// - Parameters:
  ///   - unit: below ``ModelDescription/potentialUnitCount``.
  ///   - places: t, −1 to 1, [J].
  ///   - outputs: [J × C × B], overwritten.
  /// - Throws: what goes wrong.
  func hold(
    unit: Int, at places: UnsafeBufferPointer<Double>, outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError)

  /// Opens a unit, of whose parameters alone cuts are asked for until ``closePotential()``, bind, forward or openCuts.
  ///
  /// - Parameter potential: what each row loses at the unit's places; copied.
  /// - Returns: Σ over rows of what they lose at the base point.
  /// - Throws: what goes wrong.
  func openPotential(_ potential: UnitPotential) throws(ComponentError) -> Double

  /// Writes what the sum over rows changes by at offsets of a parameter of the open unit.
  ///
  /// - Parameters:
  ///   - index: of the parameter.
  ///   - offsets: [K].
  ///   - changes: [K], overwritten.
  /// - Returns: the work of it; the changes mean nothing where rows were outside.
  /// - Throws: what goes wrong.
  func cutPotential(
    index: Int, offsets: UnsafeBufferPointer<Double>, into changes: UnsafeMutablePointer<Double>
  ) throws(ComponentError) -> PotentialWork

  /// Moves the base point along a parameter of the open unit.
  ///
  /// - Parameters:
  ///   - index: of the parameter.
  ///   - delta: what it changes by.
  /// - Returns: what the sum over rows changes by, and the work of it; the unit is to be closed where rows are outside.
  /// - Throws: what goes wrong.
  func movePotential(
    index: Int, delta: Double
  ) throws(ComponentError) -> (change: Double, took: PotentialWork)

  /// Ends what ``openPotential(_:)`` began: cuts start again from the base point as it was moved.
  ///
  /// - Returns: the work of it.
  /// - Throws: what goes wrong.
  func closePotential() throws(ComponentError) -> Double
}

extension ModelSession {
  /// Throws severity `unsupported`: the outputs are not random draws.
  public func bindRows(keys: UnsafeBufferPointer<UInt64>) throws(ComponentError) {
    throw .unsupported("this model's outputs are not random draws")
  }
  /// Throws severity `unsupported`: the outputs are not random draws.
  public func forward(
    parameters: UnsafeBufferPointer<Double>, draws: UnsafeBufferPointer<UInt64>,
    outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    throw .unsupported("this model's outputs are not random draws")
  }
  /// Throws severity `unsupported`: the model takes no series.
  public func bindSeries(
    lengths: UnsafeBufferPointer<UInt64>, start: SeriesStart
  ) throws(ComponentError) {
    throw .unsupported("this model takes no series")
  }
  /// Throws severity `unsupported`: the model has no gradient.
  public func backward(
    outputGradients: UnsafeBufferPointer<Float>, gradient: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) {
    throw .unsupported("this model has no gradient")
  }
  /// Throws severity `unsupported`: the model has no cuts.
  public func openCuts(parameters: UnsafeBufferPointer<Double>) throws(ComponentError) {
    throw .unsupported("this model has no cuts")
  }
  /// Throws severity `unsupported`: the model has no cuts.
  public func cut(
    index: Int, offsets: UnsafeBufferPointer<Double>, outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    throw .unsupported("this model has no cuts")
  }
  /// Throws severity `unsupported`: the model has no cuts.
  public func move(index: Int, delta: Double) throws(ComponentError) {
    throw .unsupported("this model has no cuts")
  }
  /// Throws severity `unsupported`: cuts do not say which rows change.
  public func cutChanges(
    index: Int, offsets: UnsafeBufferPointer<Double>, into changes: inout CutChanges
  ) throws(ComponentError) {
    throw .unsupported("this model's cuts do not say which rows change")
  }
  /// Throws severity `unsupported`: moves do not say which rows change.
  public func moveChanges(
    index: Int, delta: Double, into changes: inout CutChanges
  ) throws(ComponentError) {
    throw .unsupported("this model's cuts do not say which rows change")
  }
  /// Throws severity `unsupported`: no unit has two outputs.
  public func takeNoise(_ noise: UnsafePointer<Float>?) throws(ComponentError) {
    throw .unsupported("this model has no units with two outputs")
  }
  /// Throws severity `unsupported`: no unit has two outputs.
  public func openUnit(
    _ unit: Int, sums: UnsafeMutableBufferPointer<Float>,
    outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    throw .unsupported("this model has no units with two outputs")
  }
  /// Throws severity `unsupported`: no unit has two outputs.
  public func factors(index: Int) throws(ComponentError) -> SumFactors {
    throw .unsupported("this model has no units with two outputs")
  }
  /// Throws severity `unsupported`: the model sums no losses.
  public func preparePotential(unit: Int, offset: Double) throws(ComponentError) {
    throw .unsupported("this model does not sum losses along weights")
  }
  /// Throws severity `unsupported`: the model sums no losses.
  public func hold(
    unit: Int, at places: UnsafeBufferPointer<Double>, outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    throw .unsupported("this model does not sum losses along weights")
  }
  /// Throws severity `unsupported`: the model sums no losses.
  public func openPotential(_ potential: UnitPotential) throws(ComponentError) -> Double {
    throw .unsupported("this model does not sum losses along weights")
  }
  /// Throws severity `unsupported`: the model sums no losses.
  public func cutPotential(
    index: Int, offsets: UnsafeBufferPointer<Double>, into changes: UnsafeMutablePointer<Double>
  ) throws(ComponentError) -> PotentialWork {
    throw .unsupported("this model does not sum losses along weights")
  }
  /// Throws severity `unsupported`: the model sums no losses.
  public func movePotential(
    index: Int, delta: Double
  ) throws(ComponentError) -> (change: Double, took: PotentialWork) {
    throw .unsupported("this model does not sum losses along weights")
  }
  /// Throws severity `unsupported`: the model sums no losses.
  public func closePotential() throws(ComponentError) -> Double {
    throw .unsupported("this model does not sum losses along weights")
  }
}

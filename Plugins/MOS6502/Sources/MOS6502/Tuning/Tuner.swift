internal import Glibc
public import QHostInterfaces

/// Tunes a whole-number network on calibration rows, without gradients.
///
/// One number after another, in random order, is moved to the neighbouring place where
///
///     mean loss of the rows + digitCost · digits
///
/// is least, with everything else fixed, evaluated exactly and only on the rows that change. First that is
/// done on minibatches, which are drawn again now and then, for what gains more than twice its standard
/// error; then on all rows that decide, for whatever gains, so that their objective only falls. Networks
/// are compared by the same objective on the rows held out, and the best is what comes out: at worst the
/// one that went in.
public struct Tuner {
  private let settings: TuningSettings
  private let host: any HostServices
  private let rows: TuningRows
  private let coordinates: TuningCoordinates
  private let heldOut: TuningBatch
  private var random: RandomStream
  private var point: TuningPoint
  private var best: TuningPoint
  private var bestObjective = 0.0
  private var sweeps: [Double] = []
  /// The multiply-adds of batches that are gone.
  private var spent = 0
  private let budget: Double

  /// What came of it.
  public struct Outcome {
    /// The best network.
    public var network: QuantisedNetwork
    /// The objective of the rows held out, before and after.
    public var objectives: (before: Double, after: Double)
    /// Digits and tables' bytes in digits, before and after.
    public var digits: (before: Int, after: Int)
    /// The objective of the rows that decide, at the start of the sweeps over all of them and after each.
    public var sweeps: [Double]
    /// Passes over all rows, in multiply-adds.
    public var passes: Double
  }

  /// The part of the budget for minibatches.
  private static let batchPart = 0.4
  /// The standard errors that a gain on a minibatch must have: with none networks of thousands of weights
  /// follow the minibatches and get worse.
  private static let errorsOfGain = 2.0
  /// Numbers that are visited with one minibatch.
  private static let visitsPerBatch = 512
  /// The most passes between two looks at the rows held out.
  private static let passesPerLook = 4.0
  /// What the outputs' scale is multiplied with when it is tried.
  private static let factors: [Float] = [0.917_004, 1.090_508]

  /// Makes a tuner that starts from a network.
  public init(
    _ network: QuantisedNetwork, rows: TuningRows, settings: TuningSettings,
    host: any HostServices
  ) {
    (self.settings, self.host, self.rows) = (settings, host, rows)
    point = TuningPoint(network)
    best = point
    random = RandomStream(host: host)
    coordinates = TuningCoordinates(
      point, means: Self.means(network, rows), prefersZero: settings.digitCost > 0)
    heldOut = TuningBatch(rows, rowCount: rows.heldOut.count, point: point, host: host)
    heldOut.take(rows.heldOut)
    let widths = point.widths
    let pass = zip(widths, widths.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
    budget = settings.passes * Double(pass * rows.count)
  }

  /// Tunes until the budget is spent, nothing changes any more, or the host asks to stop.
  public mutating func outcome() -> Outcome {
    let digits = best.digits
    bestObjective = heldOut.pass(best) + settings.digitCost * Double(digits)
    let before = bestObjective
    if rows.deciding.count > settings.batchRows { tuneOnMinibatches() }
    tuneOnAllRows()
    return Outcome(
      network: best.quantised, objectives: (before, bestObjective), digits: (digits, best.digits),
      sweeps: sweeps, passes: Double(used) / budget * settings.passes)
  }

  private var used: Int { spent + heldOut.multiplyAdds }

  /// Multiply-adds between two looks at the rows held out.
  private var lookInterval: Double { min(Self.passesPerLook / settings.passes, 0.05) * budget }

  private mutating func tuneOnMinibatches() {
    let batch = TuningBatch(rows, rowCount: settings.batchRows, point: point, host: host)
    var order = Order(count: coordinates.all.count)
    var lastLook = 0
    while true {
      batch.take(draw(settings.batchRows))
      _ = batch.pass(point)
      rescale(batch)
      for _ in 0..<Self.visitsPerBatch {
        _ = visit(order.next(&random), batch, errors: Self.errorsOfGain)
      }
      let now = used + batch.multiplyAdds
      guard Double(now - lastLook) > lookInterval else { continue }
      lastLook = now
      look(Double(now) / budget)
      if Double(now) > Self.batchPart * budget || host.isCancelled { break }
    }
    spent += batch.multiplyAdds
    point = best
  }

  private mutating func tuneOnAllRows() {
    let batch = TuningBatch(rows, rowCount: rows.deciding.count, point: point, host: host)
    batch.take(rows.deciding)
    sweeps.append(batch.pass(point) + settings.digitCost * Double(point.digits))
    var order = Order(count: coordinates.all.count)
    var isOpen = true
    while isOpen {
      rescale(batch)
      var moves = 0
      for _ in coordinates.all.indices where isOpen {
        if visit(order.next(&random), batch, errors: 0) { moves += 1 }
        isOpen = Double(used + batch.multiplyAdds) < budget && !host.isCancelled
      }
      look(Double(used + batch.multiplyAdds) / budget)
      sweeps.append(batch.loss + settings.digitCost * Double(point.digits))
      if moves == 0 { isOpen = false }
    }
    spent += batch.multiplyAdds
  }

  /// Compares the network with the best on the rows held out.
  private mutating func look(_ fraction: Double) {
    let objective = heldOut.pass(point) + settings.digitCost * Double(point.digits)
    if objective < bestObjective { (best, bestObjective) = (point, objective) }
    host.progress(min(fraction, 1), "tuning integers")
  }

  /// Takes the scale of the outputs that is best.
  private mutating func rescale(_ batch: TuningBatch) {
    let differences = batch.rescale(Self.factors.map { $0 * point.scale })
    guard let least = differences.min(), least < 0,
      let place = differences.firstIndex(of: least)
    else { return }
    point.rescale(by: Self.factors[place])
    _ = batch.pass(point)
  }

  /// Moves one number to its best place if that gains more than so many standard errors; whether it does.
  private mutating func visit(_ index: Int, _ batch: TuningBatch, errors: Double) -> Bool {
    let coordinate = coordinates.all[index]
    let place = TuningCoordinates.place(coordinate)
    let proposals = coordinates.proposals(coordinate, point, &random)
    guard !proposals.isEmpty else { return false }
    let differences = batch.evaluate(place, proposals.map(\.change), scale: point.scale)
    var chosen: (index: Int, difference: Double)?
    for (index, proposal) in proposals.enumerated() {
      let difference = differences[index].mean + settings.digitCost * Double(proposal.digits)
      let bound = difference + errors * differences[index].error
      // Of networks that are equally good the shorter one is taken.
      guard bound < 0 || (bound == 0 && proposal.digits < 0),
        difference < chosen?.difference ?? .infinity
      else { continue }
      chosen = (index, difference)
    }
    guard let chosen else { return false }
    batch.move(place, proposals[chosen.index].change, scale: point.scale)
    point.take(proposals[chosen.index], at: place)
    return true
  }

  /// Different deciding rows, ascending.
  private mutating func draw(_ count: Int) -> [Int] {
    var rows = rows.deciding
    for place in 0..<count {
      rows.swapAt(place, place + random.integer(below: rows.count - place))
    }
    return rows[..<count].sorted()
  }

  /// The mean levels of each layer's inputs, on at most some thousand rows.
  private static func means(_ network: QuantisedNetwork, _ rows: TuningRows) -> [[Double]] {
    let layers = network.model.network.layers
    var means = layers.map { [Double](repeating: 0, count: $0.inputCount) }
    let step = max(1, rows.count / 4096)
    let chosen = stride(from: 0, to: rows.count, by: step)
    for row in chosen {
      var values = rows.levels[row * rows.width..<(row + 1) * rows.width].map { Int($0) }
      for (index, layer) in layers.enumerated() {
        for (input, value) in values.enumerated() { means[index][input] += Double(value) }
        if !layer.activations.isEmpty { values = Quantisation.levels(layer, values) }
      }
    }
    let count = Double(Array(chosen).count)
    return means.map { $0.map { $0 / count } }
  }
}

/// The places of a list in random order, again and again.
private struct Order {
  private var places: [Int]
  private var next = 0

  init(count: Int) { places = Array(0..<count) }

  mutating func next(_ random: inout RandomStream) -> Int {
    if next == 0 {
      for place in places.indices.dropFirst() {
        places.swapAt(place, random.integer(below: place + 1))
      }
    }
    defer { next = (next + 1) % places.count }
    return places[next]
  }
}

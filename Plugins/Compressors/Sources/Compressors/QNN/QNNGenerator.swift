internal import QHostInterfaces

/// The weights of the inner model, p = g(θ): a circuit's probabilities at the angles, mapped by the gains.
///
/// θ is the angles and then the gains.
struct QNNGenerator: ParameterGenerator {
  let ansatz: Ansatz
  let mapping: any WeightMapping
  let measurement: Measurement
  /// Where each weight belongs among the inner parameters.
  let places: [Int]
  let pool: CircuitPool
  let lines: LineCache
  let host: any HostServices

  init(
    settings: QNNSettings, mapping: any WeightMapping, places: [Int], host: any HostServices
  ) {
    let ansatz = settings.ansatz
    self.ansatz = ansatz
    self.mapping = mapping
    measurement = settings.measurement
    self.places = places
    self.host = host
    lines = LineCache(qubitCount: ansatz.qubitCount)
    pool =
      settings.isDouble
      ? CircuitPool { CircuitEngine<Double>(ansatz) } : CircuitPool { CircuitEngine<Float>(ansatz) }
  }

  var parameterCount: Int { ansatz.angleCount + mapping.gainCount }

  private func angles(_ parameters: UnsafeBufferPointer<Double>) -> UnsafeBufferPointer<Double> {
    UnsafeBufferPointer(rebasing: parameters[..<ansatz.angleCount])
  }

  private func gains(_ parameters: UnsafeBufferPointer<Double>) -> UnsafeBufferPointer<Double> {
    UnsafeBufferPointer(rebasing: parameters[ansatz.angleCount...])
  }

  func generate(
    _ parameters: UnsafeBufferPointer<Double>, into inner: UnsafeMutableBufferPointer<Double>
  ) {
    generate(parameters, draw: 0, into: inner)
  }

  /// As ``generate(_:into:)``, in a draw of shots and errors.
  func generate(
    _ parameters: UnsafeBufferPointer<Double>, draw: UInt64,
    into inner: UnsafeMutableBufferPointer<Double>
  ) {
    withTemporary(1 << ansatz.qubitCount) { p in
      pool.withEngine(angles: angles(parameters)) { engine in
        measurement.measure(
          ansatz: ansatz, angles: angles(parameters), engine: engine, host: host, draw: draw,
          into: p)
      }
      map(UnsafeBufferPointer(p), gains: gains(parameters), into: inner)
    }
  }

  /// As ``generate(_:into:)`` where parameter `index` is `offset` further; for exact probabilities.
  ///
  /// Circuits are run for the first offset along an angle alone.
  func generate(
    _ parameters: UnsafeBufferPointer<Double>, index: Int, offset: Double,
    into inner: UnsafeMutableBufferPointer<Double>
  ) {
    let angles = angles(parameters)
    withTemporary(1 << ansatz.qubitCount) { p in
      guard index >= angles.count else {
        let line = lines.line(index, through: angles) { angles in
          ProbabilityLine(index, through: angles, of: ansatz) { point, p in
            pool.withEngine(angles: point) { $0.probabilities(angles: point, into: p) }
          }
        }
        line.probabilities(at: offset, into: p)
        measurement.noise.read(p)
        map(UnsafeBufferPointer(p), gains: gains(parameters), into: inner)
        return
      }
      pool.withEngine(angles: angles) { $0.probabilities(angles: angles, into: p) }
      measurement.noise.read(p)
      var moved = Array(gains(parameters))
      moved[index - angles.count] += offset
      moved.withUnsafeBufferPointer { map(UnsafeBufferPointer(p), gains: $0, into: inner) }
    }
  }

  /// The mapping, with each weight where it belongs.
  private func map(
    _ p: UnsafeBufferPointer<Double>, gains: UnsafeBufferPointer<Double>,
    into inner: UnsafeMutableBufferPointer<Double>
  ) {
    withTemporary(places.count) { weights in
      mapping.map(p, gains: gains, into: weights)
      for (weight, place) in places.enumerated() { inner[place] = weights[weight] }
    }
  }

  func pullBack(
    _ innerGradient: UnsafeBufferPointer<Double>, at parameters: UnsafeBufferPointer<Double>,
    into gradient: UnsafeMutableBufferPointer<Double>
  ) {
    let count = ansatz.angleCount
    let angleSlopes = UnsafeMutableBufferPointer(rebasing: gradient[..<count])
    let gainSlopes = UnsafeMutableBufferPointer(rebasing: gradient[count...])
    withTemporary(2 << ansatz.qubitCount) { memory in
      let p = UnsafeMutableBufferPointer(rebasing: memory[..<(memory.count / 2)])
      let slopes = UnsafeMutableBufferPointer(rebasing: memory[(memory.count / 2)...])
      withTemporary(places.count) { weightSlopes in
        for (weight, place) in places.enumerated() { weightSlopes[weight] = innerGradient[place] }
        pool.withEngine(angles: angles(parameters)) { engine in
          engine.probabilities(angles: angles(parameters), into: p)
          mapping.pullBack(
            UnsafeBufferPointer(weightSlopes), p: UnsafeBufferPointer(p),
            gains: gains(parameters), slopes: slopes, gainSlopes: gainSlopes)
          engine.gradient(
            slopes: UnsafeBufferPointer(slopes), angles: angles(parameters), into: angleSlopes)
        }
      }
    }
  }

  private func withTemporary(
    _ count: Int, _ body: (UnsafeMutableBufferPointer<Double>) -> Void
  ) {
    let memory = UnsafeMutableBufferPointer<Double>.allocate(capacity: count)
    defer { memory.deallocate() }
    memory.initialize(repeating: 0)
    body(memory)
  }
}

public import QHostInterfaces
import QHostNumerics

/// The standard particle swarm of 2011: the next place is drawn from a ball between the best ones.
///
/// G is the mean of x, x + c(p − x) and x + c(l − x), p the particle's best point and l the best that it
/// was told of (of the first two where they are one); x′ is drawn from the ball of radius ‖G − x‖
/// about G; v ← wv + x′ − x, x ← x + v. w = 1/(2 ln 2), c = ½ + ln 2. At a bound x stops and v turns to
/// −v/2.
///
/// Sources: Clerc, *Standard particle swarm optimisation*, 2012; Zambrano-Bigiarini, Clerc, Rojas, CEC
/// 2013.
///
/// *Deviations*: all particles move, then all are evaluated. Distances are in units of the problem's
/// scales.
public final class ParticleSwarm: OptimizerComponent {
  private let space: ScaledSpace
  private let whole: WholeParameters
  private let host: any HostServices
  private let rows: WholeSplit
  private let count: Int
  private let inertia: Double
  private let attraction: Double
  private var random: RandomStream
  private var neighbourhood: Neighbourhood
  private var places: [Double]
  private var velocities: [Double]
  private var bestPlaces: [Double]
  private var bestLosses: [Double]
  private var generation: UInt64 = 0
  private var noise: RowNoise

  /// Makes an instance whose first swarm holds the problem's initial point.
  public init(request: ComponentRequest, problem: Problem) throws(ComponentError) {
    let configuration = request.configuration
    host = request.host
    rows = WholeSplit(problem, request.host, name: "pso")
    space = ScaledSpace(problem)
    whole = WholeParameters(problem)
    count = configuration.integer("population")
    inertia = configuration.real("inertia")
    attraction = configuration.real("attraction")
    random = RandomStream(host: request.host)
    let topology = Neighbourhood.Topology(rawValue: configuration.choice("topology")) ?? .random
    neighbourhood = Neighbourhood(topology, count: count, &random)
    var starts = InitialDistribution(problem: problem, host: request.host)
    var drawn = problem.initial
    starts.append(count - 1, to: &drawn, step: 0)
    let first = space.units(drawn)
    drawn.removeAll()
    starts.append(count, to: &drawn, step: 1)
    places = first
    velocities = zip(space.units(drawn), first).map { $0 - $1 }
    bestPlaces = first
    bestLosses = Array(repeating: .infinity, count: count)
    noise = RowNoise(.normal, width: problem.dimension, host: request.host)
  }

  /// Fills `query` with what it wants to know next.
  public func ask(_ query: inout Query) throws(ComponentError) {
    query.batch = rows.batch
    if generation > 0 { move() }
    let (n, axes) = (space.dimension, space.axes)
    let first = query.points.count
    query.points.append(contentsOf: repeatElement(0, count: places.count))
    query.points.withUnsafeMutableBufferPointer { points in
      places.withUnsafeBufferPointer { places in
        for row in stride(from: 0, to: places.count, by: n) {
          for i in 0..<n { points[first + row + i] = axes[i].value(places[row + i]) }
        }
      }
    }
    whole.round(&query.points, from: first)
  }

  private func move() {
    let n = space.dimension
    neighbourhood.spread(bestLosses)
    places.withUnsafeMutableBufferPointer { places in
      velocities.withUnsafeMutableBufferPointer { velocities in
        bestPlaces.withUnsafeBufferPointer { bests in
          for index in 0..<count {
            let place = noise.advance(to: index, of: count, generation: generation)
            let (own, told) = (index * n, neighbourhood.best[index] * n)
            noise.values.withUnsafeBufferPointer { noise in
              step(
                .init(rebasing: places[own..<own + n]),
                .init(rebasing: velocities[own..<own + n]), .init(rebasing: bests[own..<own + n]),
                .init(rebasing: bests[told..<told + n]), isAlone: own == told,
                .init(rebasing: noise[place..<place + n]), at: random.uniform())
            }
          }
        }
      }
    }
    if !space.isFree { confine() }
  }

  /// Moves one particle: x of the ball is G + ‖G − x‖ · `part` · direction, G − x = a(p − x) + b(l − x).
  private func step(
    _ x: UnsafeMutableBufferPointer<Double>, _ v: UnsafeMutableBufferPointer<Double>,
    _ p: UnsafeBufferPointer<Double>, _ l: UnsafeBufferPointer<Double>, isAlone: Bool,
    _ direction: UnsafeBufferPointer<Double>, at part: Double
  ) {
    let a = isAlone ? 0.5 * attraction : attraction / 3
    let b = isAlone ? 0 : a
    var (squares, length) = (0.0, 0.0)
    for i in x.indices {
      let offset = a * (p[i] - x[i]) + b * (l[i] - x[i])
      squares += offset * offset
      length += direction[i] * direction[i]
    }
    let radius = length > 0 ? part * (squares / length).squareRoot() : 0
    let inertia = inertia
    for i in x.indices {
      let offset = a * (p[i] - x[i]) + b * (l[i] - x[i])
      v[i] = inertia * v[i] + (offset + radius * direction[i])
      x[i] += v[i]
    }
  }

  private func confine() {
    let (n, axes) = (space.dimension, space.axes)
    places.withUnsafeMutableBufferPointer { places in
      velocities.withUnsafeMutableBufferPointer { velocities in
        for row in stride(from: 0, to: places.count, by: n) {
          for i in 0..<n {
            let inside = axes[i].confined(places[row + i])
            if inside == places[row + i] { continue }
            places[row + i] = inside
            velocities[row + i] *= -0.5
          }
        }
      }
    }
  }

  /// Learns from the answer to its query.
  public func tell(_ answer: Answer) throws(ComponentError) {
    let n = space.dimension
    generation += 1
    answer.renew(&bestLosses)
    let least = bestLosses.min() ?? .infinity
    var hasImproved = false
    for (index, loss) in answer.losses.enumerated() where loss < bestLosses[index] {
      bestLosses[index] = loss
      hasImproved = hasImproved || loss < least
      bestPlaces.withUnsafeMutableBufferPointer { bests in
        places.withUnsafeBufferPointer { places in
          for i in index * n..<(index + 1) * n { bests[i] = places[i] }
        }
      }
    }
    if !hasImproved { neighbourhood.redraw(&random) }
  }

  /// Its whole state, as bytes.
  public func save() throws(ComponentError) -> [UInt8] {
    var writer = StateWriter(version: 1)
    random.save(&writer)
    writer.write(generation)
    for values in [places, velocities, bestPlaces, bestLosses] { writer.write(values) }
    neighbourhood.save(&writer)
    return writer.bytes
  }

  /// Continues from a saved state.
  public func load(_ state: [UInt8]) throws(ComponentError) {
    var reader = try StateReader(state, version: 1)
    random = try RandomStream.load(&reader, host: host)
    generation = try reader.readWord()
    places = try reader.readReals(count: places.count)
    velocities = try reader.readReals(count: places.count)
    bestPlaces = try reader.readReals(count: places.count)
    bestLosses = try reader.readReals(count: count)
    try neighbourhood.load(&reader)
    try reader.finish()
  }
}

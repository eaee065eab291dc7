public import QHostInterfaces
import QHostNumerics

/// Pure random search: independent points, of which the host keeps the best.
///
/// Points are uniform over the bounds; a parameter that lacks a bound is Gaussian about its initial
/// value, with the problem's scale as deviation.
///
/// Source: Brooks, *A discussion of random methods for seeking maxima*, Operations Research 1958.
///
/// *Deviations*: none. With minibatches all points are compared on the first of them.
public final class RandomSearch: OptimizerComponent {
  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "random",
    summary: "Independent random points: the baseline that every search must beat.",
    source: "Brooks, Operations Research 1958",
    parameters: [
      .integer(
        "batch_size", default: 0, in: 0...65536,
        "Points of one query; 0: 64, or fewer where that is more than 65536 numbers.")
    ])

  private let dimension: Int
  private let pointCount: Int
  private var distribution: InitialDistribution
  private var queryCount: UInt64 = 0

  /// Makes an instance.
  public init(request: ComponentRequest, problem: Problem) throws(ComponentError) {
    let asked = request.configuration.integer("batch_size")
    dimension = problem.dimension
    pointCount = asked > 0 ? asked : max(1, min(64, 65536 / problem.dimension))
    distribution = InitialDistribution(problem: problem, host: request.host)
  }

  /// Fills `query` with what it wants to know next.
  public func ask(_ query: inout Query) throws(ComponentError) {
    distribution.append(pointCount, to: &query.points, step: queryCount)
  }

  /// Learns from the answer to its query.
  public func tell(_ answer: Answer) throws(ComponentError) { queryCount += 1 }

  /// Its whole state, as bytes.
  public func save() throws(ComponentError) -> [UInt8] {
    var writer = StateWriter(version: 1)
    writer.write([dimension, pointCount])
    writer.write(queryCount)
    return writer.bytes
  }

  /// Continues from a saved state.
  public func load(_ state: [UInt8]) throws(ComponentError) {
    var reader = try StateReader(state, version: 1)
    let saved = try reader.readIntegers(count: 2)
    guard saved == [dimension, pointCount] else {
      throw ComponentError(
        "the saved state is of \(saved[1]) points of \(saved[0]) parameters a query, this run has "
          + "\(pointCount) of \(dimension); resume with the configuration that was saved")
    }
    queryCount = try reader.readWord()
    try reader.finish()
  }
}

public import CQHost
import Glibc
import QHostInterfaces
import QHostSDK

/// The (1+1) evolution strategy with the 1/5 success rule.
///
/// Each query is one point, y = x + σ · scale · N(0, 1); the better of x and y stays. σ grows when more than
/// one step in five is better, and shrinks otherwise. Integers and categories change in one of n
/// coordinates on average.
///
/// Source: Rechenberg 1973; Hansen, Arnold and Auger, *Evolution Strategies*, 2015, algorithm 2.
final class MyOptimizer: OptimizerComponent {
  static let descriptor = ComponentDescriptor(
    name: "my-optimizer", summary: "(1+1) evolution strategy with the 1/5 success rule.",
    source: "Rechenberg 1973; Hansen, Arnold and Auger 2015",
    parameters: [
      .real(
        "step", default: 1, in: 1e-6...1e3, tunable: true, logarithmic: true,
        "Length of the first steps, in scales of the parameters.")
    ])

  private let host: any HostServices
  private let problem: Problem
  private var point: [Double]
  private var trial: [Double]
  private var queryCount: UInt64 = 0
  private var sigma: Double
  private var best = Double.infinity

  init(request: ComponentRequest, problem: Problem) {
    host = request.host
    self.problem = problem
    (point, trial) = (problem.initial, problem.initial)
    sigma = request.configuration.real("step")
  }

  // The first query is the starting point itself. Random numbers depend on (seed, step, index) alone.
  func ask(_ query: inout Query) {
    let normals = host.normals(step: queryCount, index: 0, count: point.count)
    let uniforms = host.uniforms(step: queryCount, index: 1, count: point.count)
    for i in point.indices where queryCount > 0 { trial[i] = moved(i, normals[i], uniforms[i]) }
    query.points.append(contentsOf: trial)
    query.batch = .full  // losses of different queries are compared: all are of all rows
  }

  func tell(_ answer: Answer) {
    let loss = answer.losses[0]  // ∞ where a point cannot be scored
    answer.renew(&best)  // losses of infeasible points rise with the worst one seen
    let success = loss < best ? 0.8 : -0.2
    if loss <= best { (point, best) = (trial, loss) }
    if queryCount > 0 { sigma *= exp(success / (Double(point.count) + 1).squareRoot()) }
    sigma = min(max(sigma, 1e-12), 1e6)
    queryCount += 1
  }

  func save() -> [UInt8] {
    var writer = StateWriter(version: 1)
    writer.write(queryCount)
    for value in [sigma, best] { writer.write(value) }
    writer.write(point)
    return writer.bytes
  }

  func load(_ state: [UInt8]) throws(ComponentError) {
    var reader = try StateReader(state, version: 1)
    queryCount = try reader.readWord()
    (sigma, best) = (try reader.readReal(), try reader.readReal())
    point = try reader.readReals(count: point.count)
    trial = point
    try reader.finish()
    guard (1e-12...1e6).contains(sigma) else {
      throw ComponentError("the saved state is not one of this run; start a new run")
    }
  }

  /// The value of coordinate `i` in the next point.
  private func moved(_ i: Int, _ normal: Double, _ uniform: Double) -> Double {
    let chance = uniform * Double(point.count)  // below 1 in one of n coordinates
    let (x, lower, count) = (point[i], problem.lower[i], problem.upper[i] - problem.lower[i] + 1)
    var step = sigma * problem.scales[i] * normal
    switch problem.kinds[i] {
    case .categorical:  // any of the other categories
      guard chance < 1 else { return x }
      return lower + fmod(x - lower + 1 + (chance * (count - 1)).rounded(.down), count)
    case .integer:
      step = step.rounded()
      if step == 0, chance < 1 { step = normal < 0 ? -1 : 1 }
    case .real: break
    }
    return problem.clamped(x + step, at: i)
  }
}

private let plugin = PluginTable(
  vendor: "example", name: "my-optimizer", version: "0.1.0", summary: "An optimizer in Swift.",
  components: [.optimizer(MyOptimizer.self)])

/// The entry that the host looks for: the one symbol of a plugin.
@c @implementation
public func qhost_plugin_entry_v1(
  _ host: UnsafePointer<qhost_host>?, _ error: UnsafeMutablePointer<qhost_error>?
) -> UnsafePointer<qhost_plugin>? {
  plugin.enter(host, error)
}

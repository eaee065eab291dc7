import QHostInterfaces
import QHostNumerics

/// Adam on the signs of the gradient: steps no longer depend on its size.
///
/// sᵢ = sign(∂L/∂xᵢ), then the update of Adam with s in place of the gradient; see `AdamMoments` of
/// QHostNumerics, which any plugin may use.
final class SignAdam: OptimizerComponent {
  static let descriptor = ComponentDescriptor(
    name: "example-sign-adam", summary: "Adam on the signs of the gradient.",
    parameters: [
      .real("learning_rate", default: 0.01, in: 1e-6...1, "Length of a first step.")
    ])
  static let requiredQueries: QueryKinds = .gradient

  private let rate: Double
  private let batch: Query.Batch
  private var point: [Double]
  private var moments: AdamMoments

  init(request: ComponentRequest, problem: Problem) {
    rate = request.configuration.real("learning_rate")
    batch = problem.hasMinibatches ? .next : .same
    point = problem.initial
    moments = AdamMoments(
      dimension: problem.dimension, beta1: 0.9, beta2: 0.999, epsilon: 1e-8)
  }

  func ask(_ query: inout Query) {
    query.kind = .gradient
    query.batch = batch
    query.points.append(contentsOf: point)
  }

  func tell(_ answer: Answer) {
    let signs = answer.gradient.map { $0 > 0 ? 1.0 : $0 < 0 ? -1 : 0 }
    moments.step(&point, gradient: signs, factor: 1, rate: rate)
  }

  func recommendation() -> [Double]? { point }
}

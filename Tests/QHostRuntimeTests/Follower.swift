import QHostInterfaces

/// Goes down the gradient of one minibatch after the other, and recommends where it stands.
final class Follower: OptimizerComponent {
  static let descriptor = ComponentDescriptor(name: "follower", summary: "Gradient descent.")

  private var point: [Double]

  init(request: ComponentRequest, problem: Problem) { point = problem.initial }

  func ask(_ query: inout Query) {
    query.kind = .gradient
    query.batch = .next
    query.points = point
  }

  func tell(_ answer: Answer) {
    for index in point.indices { point[index] -= 0.1 * answer.gradient[index] }
  }

  func recommendation() -> [Double]? { point }
}

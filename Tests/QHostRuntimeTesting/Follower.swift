package import QHostInterfaces

/// Goes down the gradient of one minibatch after the other, and recommends where it stands.
package final class Follower: OptimizerComponent {
  package static let descriptor = ComponentDescriptor(
    name: "follower", summary: "Gradient descent.")

  private var point: [Double]

  package init(request: ComponentRequest, problem: Problem) { point = problem.initial }

  package func ask(_ query: inout Query) {
    query.kind = .gradient
    query.batch = .next
    query.points = point
  }

  package func tell(_ answer: Answer) {
    for index in point.indices { point[index] -= 0.1 * answer.gradient[index] }
  }

  package func recommendation() -> [Double]? { point }
}

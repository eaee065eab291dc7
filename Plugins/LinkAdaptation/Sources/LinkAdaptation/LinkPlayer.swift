internal import QHostInterfaces

/// Who chooses schemes in the loop: a policy, the teacher, or a network from a file.
///
/// Files are of an `mlp`, or of `mcs-teacher` with other weights than the teacher has.
enum LinkPlayer: Sendable {
  case policy(LinkPolicy)
  case teacher
  case student(Student)
  /// Weights of the teacher's own shape.
  case network(Teacher)
  case clairvoyant(Clairvoyant)

  /// The names of all but students.
  static let names = ["teacher"] + policies.map(\.name) + clairvoyants.map(\.name)

  /// Policies by name; targets and steps were chosen on validation episodes but for `outer-loop`, which is the usual one.
  static let policies: [(name: String, policy: LinkPolicy)] = [
    ("fixed", .fixed(12)), ("inner-loop", .inner()), ("outer-loop", .outer()),
    ("tuned-outer-loop", .tunedOuter), ("salad", .salad()), ("tuned-salad", .tunedSalad),
    ("genie", .genie),
  ]

  /// Those who know more than can be known.
  static let clairvoyants: [(name: String, clairvoyant: Clairvoyant)] = [
    ("knows-fading", .fading), ("knows-present", .present(reports: 0)),
    ("knows-past", .present(reports: 8)),
  ]

  /// Finds a name, or reads a file.
  ///
  /// - Throws: an error of kind `data` that names the file.
  init(_ name: String) throws(ComponentError) {
    if name == "teacher" {
      self = .teacher
    } else if let known = Self.policies.first(where: { $0.name == name }) {
      self = .policy(known.policy)
    } else if let known = Self.clairvoyants.first(where: { $0.name == name }) {
      self = .clairvoyant(known.clairvoyant)
    } else {
      self = try Self.read(name)
    }
  }
}

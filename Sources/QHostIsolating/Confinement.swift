internal import CQHostIsolation

/// What a system can keep the process of a plugin from.
public struct Confinement: Sendable {
  private let bits: UInt32

  /// What this one can.
  public static var ofThisSystem: Confinement { Confinement(bits: qhost_confinement()) }

  /// Whether it can all of it.
  public var isComplete: Bool { lacks.isEmpty }

  /// What it cannot, each in words that go on after `kept from`, with the reason.
  public var lacks: [String] {
    var lacks: [String] = []
    if bits & QHOST_CONFINED_CALLS == 0 {
      lacks.append(
        "using the network, starting processes and sending signals: this kernel has no seccomp filters, or "
          + "this container forbids them")
    }
    if bits & QHOST_CONFINED_FILES == 0 {
      lacks.append(
        "writing files that you may write: this kernel has no Landlock (Linux 5.13), or it is off")
    }
    return lacks
  }
}

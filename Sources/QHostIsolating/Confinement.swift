internal import CQHostIsolation
internal import Glibc

/// What a system can keep the process of a plugin from.
public struct Confinement: Sendable {
  /// One thing that a kernel does for it.
  public struct Guard: Sendable {
    /// What of the kernel it is.
    public var name: String
    /// Whether it is there.
    public var isPresent: Bool
    /// What it keeps a plugin from, in words that continue after `kept from`.
    public var action: String
    /// Why it may be absent.
    public var absence: String
  }

  private let bits: UInt32

  /// What this one can.
  public static var ofThisSystem: Confinement { Confinement(bits: qhost_confinement()) }

  /// Gives up, for the rest of this process, what a plugin does not need to be looked into.
  public static func begin() {
    // Swift's own report of a crash starts a program, which is not allowed from here on: the signal would be another one.
    for number in [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT] { signal(number, SIG_DFL) }
    let limits = IsolationLimits(callSeconds: 0)
    qhost_confine(UInt64(limits.memoryMegabytes) << 20, UInt32(limits.openFiles))
  }

  /// What there may be, present or not.
  public var guards: [Guard] {
    [
      Guard(
        name: "seccomp", isPresent: bits & QHOST_CONFINED_CALLS != 0,
        action: "using the network, starting processes and sending signals",
        absence: "this kernel has no seccomp filters, or this container forbids them"),
      Guard(
        name: "Landlock", isPresent: bits & QHOST_CONFINED_FILES != 0,
        action: "writing files that you may write",
        absence: "this kernel has no Landlock (Linux 5.13), or it is off"),
    ]
  }
}

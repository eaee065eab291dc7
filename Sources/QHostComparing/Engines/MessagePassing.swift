internal import Glibc
public import QHostRuntime

/// This process as one of the ranks that `mpirun` has started, and what they say to each other.
public final class MessagePassing {
  /// What a rank did, seen from another.
  public enum Arrival: Equatable, Sendable {
    /// It has said something.
    case message(String)
    /// It has said nothing.
    case nothing
    /// It is not there any more.
    case lost
  }

  private static let room = 1 << 16
  /// What tells a process that one of the known programs has started it as a rank.
  private static let variables = ["OMPI_COMM_WORLD_RANK", "PMIX_RANK", "PMI_RANK", "PMI_ID"]

  /// What the program that starts Open MPI's ranks is called.
  private static let starters = ["mpirun", "mpiexec", "orterun", "prterun"]

  /// The number of this rank, from 0.
  public let rank: Int
  /// How many there are.
  public let count: Int
  private let library: MessagePassingLibrary
  private var buffer = [UInt8](repeating: 0, count: room)
  private var hasEnded = false

  /// Begins, together with the other ranks.
  ///
  /// - Parameters:
  ///   - variables: the process's environment.
  ///   - folder: where the part that is compiled for this MPI is kept.
  /// - Throws: kind `resumable` where there is no MPI, kind `usage` outside `mpirun` or with one rank alone.
  public init(_ variables: [String: String], keptIn folder: String) throws(RunError) {
    guard Self.variables.contains(where: { variables[$0] != nil }) else {
      guard EngineProgram.isThere("mpirun") else {
        throw RunError(
          .resumable,
          "there is no 'mpirun', a program of MPI; install it (Debian: openmpi-bin and libopenmpi-dev), or use --jobs "
            + "here")
      }
      throw Self.alone
    }
    library = try MessagePassingLibrary(keptIn: folder)
    var (rank, count): (Int32, Int32) = (0, 0)
    guard library.begin(&rank, &count) == 0 else {
      throw RunError(.resumable, "MPI does not begin; see what it says above")
    }
    (self.rank, self.count) = (Int(rank), Int(count))
    guard count > 1 else {
      _ = library.end()
      throw Self.alone
    }
  }

  private static let alone = RunError(
    .usage,
    "--on mpi needs two ranks at least, one that keeps the journal and others that do cells; begin with 'mpirun -n 3 "
      + "qhost compare'")

  /// Says something to a rank.
  ///
  /// - Returns: whether it is there.
  public func send(_ text: String, to rank: Int) -> Bool {
    let bytes = Array(text.utf8.prefix(Self.room))
    return library.send(Int32(rank), bytes, Int32(bytes.count)) == 0
  }

  /// What a rank has said, without waiting for it.
  public func receive(from rank: Int) -> Arrival {
    let count = library.receive(Int32(rank), &buffer, Int32(Self.room))
    if count == -1 { return .nothing }
    guard count >= 0 else { return .lost }
    return .message(String(decoding: buffer[..<Int(count)], as: UTF8.self))
  }

  /// Ends, together with the other ranks; once.
  public func end() {
    guard !hasEnded else { return }
    hasEnded = true
    _ = library.end()
  }

  /// Writes a line for the user where `mpirun` itself writes them, or to standard error.
  ///
  /// Once it has begun to end ranks, it may not pass on any more what they say.
  func sayLast(_ text: String) {
    let theirs = Self.errorOfStarter()
    defer { if theirs >= 0 { close(theirs) } }
    try? LineWriter(theirs >= 0 ? theirs : STDERR_FILENO).write(Array("\(text)\n".utf8))
  }

  /// Standard error of the `mpirun` that has started this process; -1: it is another program, or it would write over what is
  /// written there.
  private static func errorOfStarter() -> Int32 {
    let place = "/proc/\(getppid())"
    let name = (try? FileAccess.read("\(place)/comm")) ?? []
    guard starters.contains(String(decoding: name.dropLast(), as: UTF8.self)) else { return -1 }
    let file = open("\(place)/fd/2", O_WRONLY | O_APPEND | O_NOCTTY | O_CLOEXEC)
    var status = stat()
    guard file >= 0, fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return file
    }
    let facts = (try? FileAccess.read("\(place)/fdinfo/2")) ?? []
    let line = String(decoding: facts, as: UTF8.self).split(separator: "\n")
      .first { $0.hasPrefix("flags:") }
    let flags = line.flatMap { Int32($0.dropFirst(6).drop(while: \.isWhitespace), radix: 8) } ?? 0
    guard flags & O_APPEND == 0 else { return file }
    close(file)
    return -1
  }

  /// Leaves without the other ranks: `mpirun` then says that this one did not end as it should.
  func endAlone() { hasEnded = true }
}

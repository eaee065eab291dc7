internal import Glibc
internal import QHostRuntime

/// The four functions between this program and the MPI of this machine, compiled once and kept.
struct MessagePassingLibrary {
  private static let compiler = "mpicc"
  private static let timeoutSeconds = 120.0

  typealias Begin =
    @convention(c) (UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Int32>) -> Int32
  typealias Send = @convention(c) (Int32, UnsafeRawPointer?, Int32) -> Int32
  typealias Receive = @convention(c) (Int32, UnsafeMutableRawPointer?, Int32) -> Int32
  typealias End = @convention(c) () -> Int32

  let begin: Begin
  let send: Send
  let receive: Receive
  let end: End

  /// Compiles it unless that was done before, and loads it.
  ///
  /// - Parameter folder: where it is kept.
  /// - Throws: kind `resumable` where there is no MPI to compile with.
  init(keptIn folder: String) throws(RunError) {
    let path = try Self.compiled(in: folder)
    // Parts of some MPIs look for its functions among those that all of the process sees.
    guard let handle = dlopen(path, RTLD_NOW | RTLD_GLOBAL | RTLD_NODELETE) else {
      throw RunError(
        .resumable,
        "the MPI of this machine cannot be loaded: \(String(cString: dlerror())); install it again, or use --jobs here"
      )
    }
    begin = try Self.function("qhost_mpi_begin", in: handle, path)
    send = try Self.function("qhost_mpi_send", in: handle, path)
    receive = try Self.function("qhost_mpi_receive", in: handle, path)
    end = try Self.function("qhost_mpi_end", in: handle, path)
  }

  private static func function<Function>(
    _ name: String, in handle: UnsafeMutableRawPointer, _ path: String
  ) throws(RunError) -> Function {
    guard let symbol = dlsym(handle, name) else {
      throw RunError(.data, "'\(path)' is damaged; remove it, and it is made again")
    }
    return unsafeBitCast(symbol, to: Function.self)
  }

  /// The library's file, by the source and by what the compiler says of itself: another MPI has another one.
  private static func compiled(in folder: String) throws(RunError) -> String {
    // Open MPI and MPICH understand the same word here.
    guard
      let child = try? ChildProcess(
        running: compiler, ["-show"], timeoutSeconds: 30, mergesError: true)
    else {
      throw RunError(
        .resumable,
        "there is no '\(compiler)', the compiler of an MPI, on \(Machine.current().host); install it (Debian: "
          + "libopenmpi-dev), or use --jobs here")
    }
    let known = Array(MessagePassingSource.text.utf8) + child.output
    let key = known.withUnsafeBytes { SHA256Digest.of($0) }
    try FileAccess.makeFolder(folder)
    let path = "\(folder)/\(key.prefix(16)).so"
    guard !FileAccess.exists(path) else { return path }
    // Ranks of one machine begin together: each makes its own, and the last one stays.
    let own = "\(folder)/\(key.prefix(16))-\(Machine.current().host)-\(getpid())"
    let source = "\(own).c"
    try FileAccess.write(unsynchronised: Array(MessagePassingSource.text.utf8), to: source)
    defer { unlink(source) }
    let made = try ChildProcess(
      running: compiler, ["-O1", "-fPIC", "-shared", source, "-o", "\(own).so"],
      timeoutSeconds: timeoutSeconds, mergesError: true)
    guard made.ending == .exited(0) else {
      let said = String(decoding: made.output, as: UTF8.self).split(whereSeparator: \.isNewline)
      let complaint = said.first { $0.contains("error") } ?? said.first ?? "without a word"
      throw RunError(
        .resumable,
        "'\(compiler)' cannot compile for MPI: \(complaint); install the MPI's headers (Debian: libopenmpi-dev) and a "
          + "C compiler, or use --jobs here")
    }
    try FileAccess.move("\(own).so", to: path)
    return path
  }
}

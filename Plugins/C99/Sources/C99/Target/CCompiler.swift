#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif
internal import QHostInterfaces

/// The C compiler of this machine, started as a process of its own.
struct CCompiler {
  /// Its name or path.
  let program: String
  /// What it is given beside what is needed.
  let flags: [String]

  /// What it made of a source.
  struct Result {
    var library: CompiledLibrary
    /// Bytes of code and constants; `nil` where nothing tells.
    var byteCount: Int?
  }

  /// Compiles a source and loads it; `nil` where there is no such compiler.
  ///
  /// - Throws: when the compiler refuses the source, with its first complaint.
  func library(_ files: [(name: String, text: String)], name: String) throws(ComponentError)
    -> Result?
  {
    let folder = try TemporaryFolder()
    for file in files { try folder.write(file.text, to: file.name) }
    let (source, object, library) = (
      folder.path + "/\(name).c", folder.path + "/network.o", folder.path + "/network.so"
    )
    let compile = ["-std=c99"] + flags + ["-fPIC", "-c", source, "-o", object]
    guard let compiled = try run([program] + compile, in: folder) else { return nil }
    try check(compiled, name)
    guard let linked = try run([program, "-shared", object, "-o", library, "-lm"], in: folder)
    else { return nil }
    try check(linked, name)
    let made = try CompiledLibrary(path: library, name: name)
    return Result(library: made, byteCount: try size(of: object, in: folder))
  }

  private func check(
    _ result: (status: Int32, output: String), _ name: String
  ) throws(ComponentError) {
    guard result.status != 0 else { return }
    let lines = result.output.split(separator: "\n")
    let complaint = lines.first { $0.contains("error") } ?? lines.first ?? "without a word"
    throw ComponentError(
      "compiler '\(program)' with flags '\(flags.joined(separator: " "))' does not take \(name).c: "
        + "\(complaint); set target.compiler or target.flags to others")
  }

  /// What `size` says of an object's code and constants.
  private func size(
    of object: String, in folder: TemporaryFolder
  ) throws(ComponentError) -> Int? {
    guard let result = try run(["size", object], in: folder), result.status == 0 else {
      return nil
    }
    let lines = result.output.split(separator: "\n")
    guard lines.count > 1 else { return nil }
    return lines[1].split(whereSeparator: { $0 == " " || $0 == "\t" }).first.flatMap { Int($0) }
  }

  /// Runs a program and waits; `nil` where there is none of that name.
  private func run(
    _ words: [String], in folder: TemporaryFolder
  ) throws(ComponentError) -> (status: Int32, output: String)? {
    let log = folder.path + "/log"
    var settings = ["LC_ALL=C"]
    for name in ["PATH", "HOME", "TMPDIR"] {
      guard let value = getenv(name) else { continue }
      settings.append("\(name)=" + String(cString: value))
    }
    let arguments = words.map { strdup($0) } + [nil]
    let environment = settings.map { strdup($0) } + [nil]
    defer { for text in arguments + environment { free(text) } }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    var process = pid_t()
    let failure = posix_spawnp(&process, words[0], &actions, nil, arguments, environment)
    guard failure == 0 else {
      guard failure != ENOENT, failure != EACCES else { return nil }
      throw ComponentError(
        "'\(words[0])' cannot be started: \(String(cString: strerror(failure))); try again")
    }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else {
        throw ComponentError("'\(words[0])' was started and lost; try again")
      }
    }
    return (status, folder.read("log"))
  }
}

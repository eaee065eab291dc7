internal import CQHost
internal import Glibc
internal import QHostBridging
internal import QHostRuntime

/// Checks of the file and its entry.
enum LoadChecks {
  private typealias Entry =
    @convention(c) (
      UnsafePointer<qhost_host>?, UnsafeMutablePointer<qhost_error>?
    ) -> UnsafePointer<qhost_plugin>?

  private static func open(_ subject: CheckSubject) throws -> (UnsafeMutableRawPointer, Entry) {
    guard let handle = dlopen(subject.path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE) else {
      throw CheckFailure(dlerror().map { String(cString: $0) } ?? "it cannot be loaded")
    }
    guard let symbol = dlsym(handle, "qhost_plugin_entry_v1") else {
      throw CheckFailure("it exports no qhost_plugin_entry_v1")
    }
    return (handle, unsafeBitCast(symbol, to: Entry.self))
  }

  static let all: [Check] = [
    Check(
      "file-name", .load, .plugin,
      "The file is called libqhost-NAME.so or libqhost_NAME.so, so that hosts find it.",
      remedy: "Rename the file."
    ) { subject in
      let name = subject.path.split(separator: "/").last.map(String.init) ?? ""
      try require(
        PluginSearchPath.isLibrary(name),
        "its file is called '\(name)'; hosts look for libqhost-*.so and libqhost_*.so")
    },
    Check(
      "loads", .load, .plugin, "The loader takes it, with all symbols bound at once.",
      remedy: "Link the libraries that it needs: 'ldd -r FILE' lists what is missing."
    ) { _ = try open($0) },
    Check(
      "entry", .load, .plugin, "Its entry returns a plugin that this host can use.",
      remedy: "Compare the tables with qhost/plugin.h; QHOST_DEFINE_ENTRY writes the entry."
    ) { _ = try $0.library() },
    Check(
      "entry-again", .load, .plugin, "A second call of the entry returns the same table.",
      remedy: "Return a static table."
    ) { subject in
      let (_, entry) = try open(subject)
      let host = HostTable(subject.services())
      let error = ErrorBuffer()
      let first = entry(host.pointer, error.pointer)
      try require(first != nil, "its entry failed: \(error.takeMessage())")
      try require(entry(host.pointer, error.pointer) == first, "the second table is another one")
      _ = Unmanaged.passRetained(host)
    },
    Check(
      "entry-soon", .load, .plugin, "Its entry returns within a second.",
      remedy: "Do what takes long when an instance is made."
    ) { subject in
      let begin = Clock.nanoseconds()
      _ = try subject.library()
      let seconds = Double(Clock.nanoseconds() - begin) * 1e-9
      try require(seconds < 1, "it took \(seconds) s")
    },
    Check(
      "other-major", .load, .plugin,
      "A host of another major version gets NULL and a message, not a crash.",
      remedy: "Use qhost_enter or QHOST_DEFINE_ENTRY."
    ) { subject in
      let (_, entry) = try open(subject)
      let host = HostTable(subject.services())
      let error = ErrorBuffer()
      var raw = host.pointer.pointee
      raw.abi_major = UInt32(QHOST_ABI_MAJOR) + 1
      let table = entry(&raw, error.pointer)
      try require(table == nil, "it returned a table")
      try require(!error.takeMessage().isEmpty, "it returned NULL without a message")
    },
    Check(
      "no-host", .load, .plugin, "An entry that is given no host and no error object returns NULL.",
      remedy: "Use qhost_enter or QHOST_DEFINE_ENTRY."
    ) { subject in
      let (_, entry) = try open(subject)
      try require(entry(nil, nil) == nil, "it returned a table")
    },
    Check(
      "short-message", .load, .plugin,
      "A message that does not fit is cut, and ends with NUL within its capacity.",
      remedy: "Use qhost_fail."
    ) { subject in
      let (_, entry) = try open(subject)
      let memory = try GuardedMemory([CChar](repeating: 1, count: 8))
      var error = qhost_error()
      error.struct_size = UInt32(MemoryLayout<qhost_error>.size)
      error.capacity = 8
      error.message = memory.elements.baseAddress
      _ = entry(nil, &error)
      try require(memory.values.contains(0), "the message has no end within its 8 bytes")
    },
  ]
}

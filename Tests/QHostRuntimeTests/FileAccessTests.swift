import Foundation
import Glibc
import QHostRuntime
import QHostTesting
import Testing

@Suite("FileAccess", .serialized)
struct FileAccessTests {
  private let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  @Test("What was written is read, and replaces what was there")
  func roundTrip() throws {
    let path = folder.path + "/file"
    for bytes in [[], [1, 2, 3], [UInt8](repeating: 7, count: 3 << 20)] as [[UInt8]] {
      try FileAccess.write(bytes, to: path)
      #expect(try FileAccess.read(path) == bytes)
    }
    #expect(folder.names == ["file"])
  }

  @Test("A disk that is full keeps the old file and leaves nothing half-written")
  func fullDisk() async throws {
    // A limit on the size of files in a child of its own; the path comes by the environment.
    let path = folder.path + "/file"
    try FileAccess.write([1, 2, 3], to: path)
    setenv("QHOST_TEST_FILE", path, 1)
    await #expect(processExitsWith: .exitCode(9)) {
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 4096, rlim_max: 4096)
      setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
      let path = String(cString: getenv("QHOST_TEST_FILE"))
      do throws(RunError) {
        try FileAccess.write([UInt8](repeating: 9, count: 1 << 20), to: path)
      } catch let error {
        exit(error.kind == .data && error.message.contains("free some space") ? 9 : 1)
      }
    }
    #expect(try FileAccess.read(path) == [1, 2, 3])
    #expect(folder.names == ["file"])
  }

  @Test("A link stays, and what it leads to is written; a file keeps its mode")
  func links() throws {
    let (file, link, dangling) = (folder.path + "/file", folder.path + "/l", folder.path + "/d")
    try FileAccess.write([1], to: file)
    chmod(file, 0o600)
    symlink("file", link)
    symlink("new", dangling)
    try FileAccess.write([2, 3], to: link)
    #expect(try FileAccess.read(file) == [2, 3])
    try FileAccess.write([4], to: dangling)
    #expect(try FileAccess.read(folder.path + "/new") == [4])
    for path in [link, dangling] {
      var status = stat()
      lstat(path, &status)
      #expect(status.st_mode & S_IFMT == S_IFLNK)
    }
    var status = stat()
    stat(file, &status)
    #expect(status.st_mode & 0o777 == 0o600)
    symlink("round", folder.path + "/round")
    #expect(throws: RunError.self) { try FileAccess.write([1], to: folder.path + "/round") }
  }

  @Test("What is not a file is written into, and read only if it has an end")
  func specialFiles() throws {
    let pipe = folder.path + "/pipe"
    mkfifo(pipe, 0o600)
    let reader = open(pipe, O_RDONLY | O_NONBLOCK)
    defer { close(reader) }
    try FileAccess.write([5, 6, 7], to: pipe)
    var bytes = [UInt8](repeating: 0, count: 8)
    #expect(Glibc.read(reader, &bytes, 8) == 3 && bytes[..<3] == [5, 6, 7])
    try FileAccess.write([1], to: "/dev/null")
    let full = #expect(throws: RunError.self) { try FileAccess.write([1], to: "/dev/full") }
    #expect(full?.message.contains("free some space") == true)
    for (path, kind) in [(pipe, "named pipe"), ("/dev/zero", "device"), ("/dev/null", "device")] {
      let error = #expect(throws: RunError.self) { _ = try FileAccess.read(path) }
      #expect(error?.kind == .data && error?.message.contains(kind) == true)
    }
    var status = stat()
    stat(pipe, &status)
    #expect(status.st_mode & S_IFMT == S_IFIFO)
  }

  @Test("A name may be as long as the system takes")
  func longNames() throws {
    let path = folder.path + "/" + String(repeating: "n", count: 250)
    try FileAccess.write([1], to: path)
    #expect(try FileAccess.read(path) == [1])
    #expect(folder.names.count == 1)
  }

  @Test("A file that is not there, is a folder or cannot be read is named with the reason")
  func unreadable() throws {
    func refusal(_ path: String) -> String {
      let error = #expect(throws: RunError.self) { _ = try FileAccess.read(path) }
      #expect(error?.kind == .data)
      #expect(error?.message.contains("'\(path)'") == true)
      return error?.message ?? ""
    }
    #expect(refusal(folder.path + "/none").contains("No such file"))
    #expect(refusal(folder.path).contains("is a folder"))
    let path = folder.path + "/secret"
    try FileAccess.write([1], to: path)
    chmod(path, 0)
    // Root reads everything.
    if getuid() != 0 { #expect(refusal(path).contains("Permission denied")) }
  }

  @Test("A folder that is not there cannot be written to")
  func unwritable() {
    let error = #expect(throws: RunError.self) {
      try FileAccess.write([1], to: folder.path + "/none/file")
    }
    #expect(error?.kind == .data)
    #expect(throws: RunError.self) { try FileAccess.write([1], to: folder.path) }
    #expect(folder.names.isEmpty)
  }

  @Test("Folders are made with those above them, and again without complaint")
  func folders() throws {
    let path = folder.path + "/a/b/c"
    try FileAccess.makeFolder(path)
    try FileAccess.makeFolder(path + "/")
    try FileAccess.write([], to: path + "/file")
    let error = #expect(throws: RunError.self) { try FileAccess.makeFolder(path + "/file") }
    #expect(error?.message.contains("is not a folder") == true)
    #expect(throws: RunError.self) { try FileAccess.makeFolder(path + "/file/below") }
  }

  @Test("Files are moved and removed; one that is not there may be removed")
  func movingAndRemoving() throws {
    let (one, two) = (folder.path + "/one", folder.path + "/two")
    try FileAccess.write([1], to: one)
    try FileAccess.move(one, to: two)
    #expect(FileAccess.exists(two) && !FileAccess.exists(one))
    try FileAccess.remove(two)
    try FileAccess.remove(two)
    #expect(throws: RunError.self) { try FileAccess.move(one, to: two) }
  }

  @Test("A path from the root stays, another one starts at the current folder")
  func absolutePaths() {
    #expect(FileAccess.absolute("/a/b") == "/a/b")
    #expect(FileAccess.absolute("a") == FileManager.default.currentDirectoryPath + "/a")
  }
}

import Foundation
import QHostInterfaces
import Testing

/// Compilers and emulators of this machine.
enum Toolchain {
  static func has(_ names: String...) -> Bool {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return names.allSatisfy { name in
      folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") }
    }
  }

  /// The options under which nothing may be said.
  static let warnings = [
    "-std=c99", "-Wall", "-Wextra", "-pedantic", "-Wconversion", "-Werror", "-O2",
  ]

  /// Writes files to a folder, does something there, and removes it.
  static func inFolder<R>(_ artifacts: [CompiledModel.Artifact], _ body: (URL) throws -> R) throws
    -> R
  {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for artifact in artifacts {
      try Data(artifact.bytes).write(to: folder.appending(path: artifact.name))
    }
    return try body(folder)
  }

  /// Runs a program in a folder; what it says goes to `output`, errors included.
  static func run(
    _ words: [String], in folder: URL, input: String = ""
  ) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = words
    process.currentDirectoryURL = folder
    try Data(input.utf8).write(to: folder.appending(path: "stdin"))
    process.standardInput = try FileHandle(forReadingFrom: folder.appending(path: "stdin"))
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}

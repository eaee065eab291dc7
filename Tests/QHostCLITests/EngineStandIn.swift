import Foundation
import Testing

/// Programs with the names of an engine's that note what they are asked, and do its jobs here.
///
/// Files in their folder change what they do; each stand-in says which.
protocol EngineStandIn {
  /// The engine, as `--on` names it.
  static var engine: String { get }
  /// Where the programs and their files are.
  var folder: String { get }
  /// Whether jobs were submitted, and are followed where the engine's programs note that.
  var isFollowed: Bool { get }
  /// What the programs that submit were asked, a line each time.
  var submissions: [String] { get }

  init(_ program: Program) throws
}

extension EngineStandIn {
  /// The line of a shell that puts the programs first.
  var path: String { "export PATH='\(folder)':$PATH; " }

  /// Makes a file that changes what they do.
  func set(_ name: String) throws {
    try "".write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
  }

  func remove(_ name: String) throws {
    try FileManager.default.removeItem(atPath: folder + "/" + name)
  }

  /// The lines of a file of theirs; none where it is not there.
  func lines(of name: String) -> [String] {
    let text = try? String(contentsOfFile: folder + "/" + name, encoding: .utf8)
    return (text ?? "").split(separator: "\n").map(String.init)
  }

  /// Writes the programs, which know their folder as `$here`, and gives that folder.
  static func install(_ scripts: [String: String], _ program: Program) throws -> String {
    let folder = program.folder + "/stand-in"
    for (name, text) in scripts {
      let path = try program.write("#!/bin/bash\nhere='\(folder)'\n" + text, to: "stand-in/\(name)")
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }
    return folder
  }
}

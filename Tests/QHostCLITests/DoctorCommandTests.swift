import Foundation
import Testing

@Suite("qhost doctor")
struct DoctorCommandTests {
  @Test("finds a sound installation sound")
  func aSoundInstallation() throws {
    let result = try Program().run("doctor")
    #expect(result.code == 0)
    #expect(!result.output.split(separator: "\n").contains { $0.hasPrefix("BAD") })
    #expect(result.output.contains("components"))
    #expect(result.output.contains("note  the files of dataset 'mnist' are absent"))
    #expect(result.output.contains("processors with"))
  }

  @Test("finds a broken plugin and ends with code 4")
  func aBrokenPlugin() throws {
    let program = try Program()
    let path = try program.write("no library\n", to: "plugins/libqhost-broken.so")
    let result = try program.run("doctor", "--plugins", "plugins")
    #expect(result.code == 4)
    #expect(result.output.contains("BAD   '\(path)': it cannot be loaded"))
  }

  @Test("finds an optimizer that needs what is not there, which is not a fault of the installation")
  func anOptimizerThatCannotBeMade() throws {
    let result = try Program().run("doctor", "--plugins", try FaultyPlugin.folder.get())
    #expect(result.code == 0)
    #expect(result.output.contains("note  optimizer 'lacking' cannot be used: "))
    #expect(result.output.contains("libfar.so is not here; install it"))
    #expect(!result.output.contains("optimizer 'faulty' cannot be used"))
  }

  @Test("finds two plugins with one name")
  func twoPluginsWithOneName() throws {
    let program = try Program()
    let folder = try FaultyPlugin.folder.get()
    var bytes = try Data(contentsOf: URL(fileURLWithPath: folder + "/libqhost-faulty.so"))
    _ = try program.write(bytes, to: "a/libqhost-faulty.so")
    // Somebody else's.
    let vendor = try #require(bytes.firstRange(of: Data("\0tests\0".utf8)))
    bytes.replaceSubrange(vendor, with: Data("\0other\0".utf8))
    _ = try program.write(bytes, to: "b/libqhost-faulty.so")
    let result = try program.run("doctor", "--plugins", "a", "--plugins", "b")
    #expect(result.code == 4)
    #expect(result.output.contains("optimizer 'faulty' is in"))
    expectRefusal(
      try program.run("run", "--plugins", "a", "--plugins", "b", "--optimizer", "faulty"), code: 2,
      "'faulty' is ambiguous", "a/libqhost-faulty.so", "b/libqhost-faulty.so")
  }

  @Test("finds a folder that cannot be written")
  func aFolderThatCannotBeWritten() throws {
    let file = try Program()
    let path = try file.write("", to: "file")
    let program = try Program(["XDG_STATE_HOME": path])
    let result = try program.run("doctor")
    #expect(result.code == 4)
    #expect(result.output.contains("BAD   cannot make the folder '\(path)"))
  }
}

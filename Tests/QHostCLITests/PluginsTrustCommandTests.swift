import Foundation
import Testing

@Suite("qhost plugins trust")
struct PluginsTrustCommandTests {
  private let program: Program
  private let plugin: String
  private let list: String

  init() throws {
    program = try Program()
    let folder = program.folder + "/p"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    plugin = folder + "/libqhost-faulty.so"
    try FileManager.default.copyItem(
      atPath: FaultyPlugin.folder.get() + "/libqhost-faulty.so", toPath: plugin)
    list = program.folder + "/trust.json"
  }

  private func trusts() throws -> (word: String?, note: String?) {
    let object = try program.run(
      "plugins", "--json", "--plugins", program.folder + "/p", "--trust-list", list
    ).json()
    let all = try #require(object["plugins"] as? [[String: Any]])
    let found = try #require(all.first { ($0["path"] as? String)?.hasSuffix("faulty.so") == true })
    return (found["trust"] as? String, found["trust_note"] as? String)
  }

  @Test("a file is trusted by its content, shown in the lists, and distrusted again")
  func filesAreTrusted() throws {
    #expect(try trusts().word == "none")
    let result = try program.run("plugins", "trust", plugin, "--trust-list", list)
    #expect(result.code == 0, "\(result.error)")
    #expect(try trusts().word == "content")
    #expect(try program.run("plugins", "trusted", "--trust-list", list).output.contains("faulty"))
    let file = try #require(FileHandle(forWritingAtPath: plugin))
    file.seekToEndOfFile()
    file.write(Data([0]))
    try file.close()
    let changed = try trusts()
    #expect(changed.word == "none")
    #expect(changed.note?.contains("has changed") == true)
    #expect(try program.run("plugins", "distrust", plugin, "--trust-list", list).code == 0)
    #expect(try trusts().note == nil)
  }

  @Test("built-in plugins are trusted, and no variable chooses the list")
  func variablesChooseNothing() throws {
    #expect(try program.run("plugins", "trust", plugin, "--trust-list", list).code == 0)
    let folder = program.folder + "/.config/qhost"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: list, toPath: folder + "/trust.json")
    let fooled = try Program([
      "HOME": program.folder, "XDG_CONFIG_HOME": program.folder + "/.config",
    ])
    let object = try fooled.run("plugins", "--json", "--plugins", program.folder + "/p").json()
    let all = try #require(object["plugins"] as? [[String: Any]])
    #expect(
      all.allSatisfy { one in
        (one["trust"] as? String == "none")
          == ((one["path"] as? String)?.hasSuffix("libqhost-faulty.so") == true)
      })
  }

  @Test("bad files and keys are refused by name, and the list stays as it was")
  func badInput() throws {
    expectRefusal(
      try program.run("plugins", "trust", "nothing.so", "--trust-list", list), code: 5, "nothing.so"
    )
    let text = try program.write("no plugin", to: "libqhost-text.so")
    expectRefusal(
      try program.run("plugins", "trust", text, "--trust-list", list), code: 4, "cannot be loaded")
    expectRefusal(
      try program.run("plugins", "trust", "--key", "ada=RWabc", "--trust-list", list), code: 2,
      "'RWabc'")
    expectRefusal(
      try program.run("plugins", "trust", "--key", "RWabc", "--trust-list", list), code: 2,
      "NAME=KEY")
    expectRefusal(
      try program.run("plugins", "distrust", "--key", "ada", "--trust-list", list), code: 2, "'ada'"
    )
    chmod(plugin, 0o777)
    expectRefusal(
      try program.run("plugins", "trust", plugin, "--trust-list", list), code: 5, "chmod o-w")
    #expect(!FileManager.default.fileExists(atPath: list))
  }

  @Test(
    "what minisign signs with the claim is trusted, and not without it",
    .enabled(if: FileManager.default.fileExists(atPath: "/usr/bin/minisign")))
  func minisignSigns() throws {
    let made = try program.shell(
      """
      set -e
      minisign -G -W -p \(program.folder)/k.pub -s \(program.folder)/k.sec >k.log
      minisign -S -W -s k.sec -m p/libqhost-faulty.so >k.log
      "$0" plugins trust --key author=k.pub --trust-list trust.json
      """)
    #expect(made.code == 0, "\(made.error)")
    let without = try trusts()
    #expect(without.word == "none")
    #expect(without.note?.contains("trusted comment is not") == true)
    let signed = try program.shell(
      """
      minisign -S -W -s k.sec -m p/libqhost-faulty.so \
        -t "$("$0" plugins claim p/libqhost-faulty.so)" >k.log
      """)
    #expect(signed.code == 0, "\(signed.error)")
    let with = try trusts()
    #expect(with.word == "key")
    #expect(with.note == "author")
  }
}

import QHostInterfaces
import QHostPluginTesting
import QHostRuntime
import QHostTesting
import Testing

/// A library that is healthy but for one thing, and the words that must say so.
struct BrokenFixture: Sendable, CustomTestStringConvertible {
  let name: String
  let definition: String
  let words: [String]

  var testDescription: String { name }
  var file: String { "libqhost-\(name).so" }

  init(_ name: String, _ definition: String, _ words: String...) {
    self.name = name
    self.definition = definition
    self.words = words
  }

  static let all = [
    BrokenFixture("no-entry", "ENTRY=qhost_entry", "exports no qhost_plugin_entry_v1"),
    BrokenFixture(
      "entry-of-version-2", "ENTRY=qhost_plugin_entry_v2", "built for version 2", "speaks version 1"
    ),
    BrokenFixture("table-of-version-2", "MAJOR=2u", "built for version 2", "speaks version 1"),
    BrokenFixture("newer-minor", "MINOR=7u", "entry failed", "this host is too old"),
    BrokenFixture("small-plugin", "PLUGIN_SIZE=8", "qhost_plugin has struct_size 8", "has 64"),
    BrokenFixture("small-component", "COMPONENT_SIZE=16", "component's struct_size is smaller"),
    BrokenFixture(
      "small-table", "TABLE_SIZE=16", "table of optimizer 'fixture-constant'", "struct_size 16",
      "has 80"),
    BrokenFixture("null-component", "COMPONENT=NULL", "component 0 is NULL"),
    BrokenFixture("bad-name", "NAME=\"Bad Name\"", "name is 'Bad Name'", "lower-case"),
    BrokenFixture("null-name", "NAME=NULL", "name is 'NULL'"),
    BrokenFixture(
      "unknown-kind", "KIND=\"qhost.oracle/1\"", "'fixture-constant'", "'qhost.oracle/1'"),
    BrokenFixture("null-table", "TABLE=NULL", "'fixture-constant' has no table"),
    BrokenFixture("null-parameter", "PARAMETER=NULL", "parameter 0 of 'fixture-constant'"),
    BrokenFixture(
      "failing-entry",
      "ON_ENTRY=qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, \"the licence has run out\"); "
        + "return NULL", "entry failed: the licence has run out"),
    BrokenFixture("silent-entry", "ON_ENTRY=return NULL", "entry failed without saying why"),
    BrokenFixture(
      "crash-on-load", "ON_LOAD=*(volatile int *)(uintptr_t)getppid() = 0",
      "crashed while it was loaded (SIGSEGV)"),
    BrokenFixture(
      "abort-in-entry", "ON_ENTRY=abort(); return NULL", "crashed while it was loaded (SIGABRT)"),
    BrokenFixture("exit-on-load", "ON_LOAD=_exit(0)", "ended the process while it was loaded"),
    BrokenFixture("hang-on-load", "ON_LOAD=pause()", "did not return within 3 s"),
  ]

  /// A folder with all of them, a text file, a library of something else, and two healthy plugins.
  static func makeFolder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for fixture in all {
      try CCompiler.fixture(
        "one_optimizer", as: fixture.file, in: folder, definitions: [fixture.definition])
    }
    try CCompiler.fixture("not_a_plugin", as: "libqhost-not-a-plugin.so", in: folder)
    try folder.write("a shopping list\n", to: "libqhost-text.so")
    try folder.write("", to: "libqhost-empty.so")
    _ = try Program("mkdir", [folder.path + "/libqhost-folder.so"])
    _ = try Program("ln", ["-s", "/nowhere/plugin.so", folder.path + "/libqhost-dangling.so"])
    try CCompiler.fixture("one_optimizer", as: "libqhost-healthy.so", in: folder)
    try CCompiler.fixture(
      "one_optimizer", as: "libqhost-talkative.so", in: folder,
      definitions: [
        "NAME=\"fixture-talkative\"",
        "ON_ENTRY=if (write(1, \"hello\", 5) < 0) return NULL; "
          + "return qhost_enter(host, &plugin, error)",
      ])
    return folder
  }
}

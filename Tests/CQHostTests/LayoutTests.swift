import CQHost
import Foundation
import QHostPluginTesting
import QHostRuntime
import QHostTesting
import Testing

@Suite("The layout of the interface")
struct LayoutTests {
  @Test(
    "The golden file lists every struct and member of the headers with its real place",
    .enabled(if: CCompiler.isPresent, "there is no gcc"))
  func layout() throws {
    let header = try InterfaceHeader()
    #expect(header.structs.count > 30)
    let folder = try TemporaryFolder()
    let source = try folder.write(header.layoutProgram, to: "layout.c")
    let compiled = try Program(
      "gcc",
      ["-std=c11", "-I", BuiltProducts.headers, source, "-o", folder.path + "/layout"])
    try #require(compiled.ending == .exited(0), "\(compiled.errors)")
    let real = try Program(folder.path + "/layout", []).output.split(separator: "\n").map(
      String.init)
    let golden = try GoldenLayout().lines
    #expect(Set(golden).subtracting(real).sorted() == [])
    #expect(Set(real).subtracting(golden).sorted() == [])
    #expect(golden.count == Set(golden).count)
  }

  @Test("Every struct begins with its size, but for elements of arrays that never grow")
  func sizeFirst() throws {
    for type in try InterfaceHeader().structs where type.name != "qhost_drift" {
      #expect(type.members.first == "struct_size", "\(type.name)")
    }
  }

  @Test(
    "The least sizes that the bridges accept are those of the first release",
    .enabled(if: QHOST_ABI_MINOR == 0, "structs have grown since the first release"))
  func firstSizes() throws {
    let path = BuiltProducts.sources + "/Sources/QHostBridging/StructSize.swift"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let declared = text.matches(
      of:
        /extension (qhost_\w+): SizedStruct \{\s+(?:\/\/\/.*\s+)?public static var firstSize: Int \{ (\d+) \}\s+\}/
    )
    let sizes = declared.map { (String($0.output.1), Int($0.output.2) ?? -1) }
    #expect(
      Dictionary(sizes) { first, _ in first } == (try GoldenLayout().sizes),
      "QHostBridging/StructSize.swift and SDK/C/layout.golden disagree")
  }
}

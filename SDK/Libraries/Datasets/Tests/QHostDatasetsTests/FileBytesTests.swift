import Foundation
import QHostDatasets
import QHostInterfaces
import Testing

@Suite("Bytes of files")
struct FileBytesTests {
  private func refusal(_ bytes: [UInt8]) throws -> String {
    let path = NSTemporaryDirectory() + "qhost-bytes-" + UUID().uuidString
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    do throws(ComponentError) {
      _ = try FileBytes.read(path, remedy: "correct it")
      return ""
    } catch {
      #expect(error.kind == .data && error.message.contains(path))
      return error.message
    }
  }

  @Test("Packed files are named")
  func packed() throws {
    for (bytes, word) in [
      ([0x50, 0x4B, 3, 4, 20, 0], "zip"), (Array("BZh91AY".utf8), "bzip2"),
      ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0, 0], "xz"), ([0x28, 0xB5, 0x2F, 0xFD, 4], "zstd"),
    ] as [([UInt8], String)] {
      let message = try refusal(bytes)
      #expect(message.contains(word) && message.contains("unpack"), "\(message)")
    }
    #expect(try refusal(Array("PKW,1\n".utf8)).isEmpty)
  }

  @Test("A device is refused rather than read for ever")
  func devices() {
    #expect(throws: ComponentError.self) {
      _ = try FileBytes.read("/dev/zero", remedy: "name a file")
    }
  }

  @Test("Text that is not UTF-8 is refused with its line")
  func encodings() {
    for (bytes, line) in [
      ([0x61, 0x0A, 0xE9, 0x0A], 2), ([0xC0, 0x80], 1), ([0xED, 0xA0, 0x80], 1),
      ([0xF5, 0x80, 0x80, 0x80], 1),
      ([0x0D, 0x0A, 0x0D, 0xE2, 0x82], 3),
    ] as [([UInt8], Int)] {
      let error = #expect(throws: ComponentError.self) {
        try TextPlaces(bytes, path: "t").checkEncoding()
      }
      #expect(error?.message.contains("'t' line \(line) ") == true, "\(error?.message ?? "")")
    }
    #expect(throws: Never.self) {
      try TextPlaces(Array("gr\u{F6}\u{DF}e \u{20AC} \u{1F600}\u{10FFFF}".utf8), path: "t")
        .checkEncoding()
    }
  }

  @Test("Latin-1 is that of Windows")
  func latin1() {
    #expect(String(decoding: Latin1.utf8([0x61, 0xE9, 0x80, 0x93]), as: UTF8.self) == "aé€“")
  }
}

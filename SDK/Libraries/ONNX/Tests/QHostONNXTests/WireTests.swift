import QHostInterfaces
import QHostONNX
import Testing

@Suite("The wire format of protocol buffers")
struct WireTests {
  @Test("Integers have the bytes of the encoding's description")
  func examples() throws {
    var writer = WireWriter()
    writer.integer(1, 150)
    writer.text(2, "testing")
    writer.integers(6, [3, 270, 86942])
    #expect(
      writer.bytes == [
        0x08, 0x96, 0x01, 0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6E, 0x67, 0x32, 0x06, 0x03,
        0x8E, 0x02, 0x9E, 0xA7, 0x05,
      ])
  }

  @Test("What was written is read", arguments: [0, 1, 127, 128, -1, Int.max, Int.min])
  func roundTrip(number: Int) throws {
    var writer = WireWriter()
    writer.integer(1, number)
    writer.real(536_870_911, 1.5)
    writer.message(3) { $0.reals(2, [1, -2]) }
    let fields = try WireField.all(of: writer.bytes[...])
    #expect(fields.map(\.number) == [1, 536_870_911, 3])
    #expect(fields[0].value == .varint(UInt64(bitPattern: Int64(number))))
    #expect(fields[1].value == .fixed32(Float(1.5).bitPattern))
    guard case .bytes(let inner) = fields[2].value else {
      Issue.record("no message")
      return
    }
    #expect(
      try WireField.all(of: inner)[0].value == .bytes([0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0][...]))
  }

  @Test(
    "Bytes that are not fields are refused with their place",
    arguments: [
      [0x08], [0x08, 0xFF], [0x12, 0x05, 0x01], [0x0B], [0x00, 0x01], [0x0D, 1, 2, 3],
      [0x08] + [UInt8](repeating: 0xFF, count: 11),
      [0x12] + [UInt8](repeating: 0xFF, count: 9) + [1],
    ] as [[UInt8]])
  func refusals(bytes: [UInt8]) {
    let text = message { _ = try WireField.all(of: bytes[...]) }
    #expect(text.contains("byte ") && text.contains("ONNX file"), "\(text)")
  }
}

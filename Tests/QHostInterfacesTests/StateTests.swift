import QHostInterfaces
import Testing

@Suite("StateWriter and StateReader")
struct StateTests {
  private func written() -> [UInt8] {
    var writer = StateWriter(version: 3)
    writer.write(-7)
    writer.write(UInt64.max)
    writer.write(-0.0)
    writer.write(Double.nan)
    writer.write(true)
    writer.write([1.5, -.infinity, .leastNonzeroMagnitude])
    writer.write([Int.min, 0, Int.max])
    writer.write([Double]())
    return writer.bytes
  }

  @Test("What was written is read back, bit for bit")
  func roundTrip() throws {
    var reader = try StateReader(written(), version: 3)
    #expect(try reader.readInteger() == -7)
    #expect(try reader.readWord() == .max)
    #expect(try reader.readReal().sign == .minus)
    #expect(try reader.readReal().isNaN)
    #expect(try reader.readBoolean())
    #expect(try reader.readReals(count: 3) == [1.5, -.infinity, .leastNonzeroMagnitude])
    #expect(try reader.readIntegers() == [.min, 0, .max])
    #expect(try reader.readReals() == [])
  }

  @Test("The bytes are little-endian words")
  func littleEndian() {
    var writer = StateWriter(version: 1)
    writer.write(0x0102)
    #expect(writer.bytes == [1, 0, 0, 0, 0, 0, 0, 0, 2, 1, 0, 0, 0, 0, 0, 0])
  }

  @Test("Another version is refused with both numbers")
  func anotherVersion() {
    let error = #expect(throws: ComponentError.self) { _ = try StateReader(written(), version: 4) }
    #expect(error?.message.contains("layout 3") == true)
    #expect(error?.message.contains("layout 4") == true)
  }

  @Test("A state that ends too early is refused at every length")
  func truncated() throws {
    let bytes = written()
    for count in 0..<bytes.count {
      #expect(throws: ComponentError.self, "\(count) bytes") {
        var reader = try StateReader(Array(bytes[..<count]), version: 3)
        _ = try (reader.readInteger(), reader.readWord(), reader.readReal(), reader.readReal())
        _ = try (
          reader.readBoolean(), reader.readReals(), reader.readIntegers(), reader.readReals()
        )
      }
    }
  }

  @Test("A list of another length than expected is refused")
  func anotherLength() throws {
    var writer = StateWriter(version: 1)
    writer.write([1.0, 2.0])
    var reader = try StateReader(writer.bytes, version: 1)
    #expect(throws: ComponentError.self) { try reader.readReals(count: 3) }
  }

  @Test("A length that no state can have allocates nothing", arguments: [-1, 2, Int.max, Int.min])
  func absurdLength(count: Int) throws {
    var writer = StateWriter(version: 1)
    writer.write(count)
    writer.write(1.0)
    var reader = try StateReader(writer.bytes, version: 1)
    #expect(throws: ComponentError.self) { try reader.readReals() }
    var other = try StateReader(writer.bytes, version: 1)
    #expect(throws: ComponentError.self) { try other.readIntegers() }
  }
}

import QHostCalling
import Testing

@Suite("Values that pass between Swift and C")
struct CValueTests {
  @Test("A value of each type goes through a closure and back unchanged")
  func identity() throws {
    let values: [CValue] = [
      .int8(-128), .int8(127), .uint8(255), .int16(-32768), .uint16(65535), .int32(.min),
      .int32(.max), .uint32(.max), .int64(.min), .uint64(.max), .float(-1.5), .double(-.pi),
      .double(.infinity), .pointer(nil),
      .pointer(UnsafeMutableRawPointer(bitPattern: 0x7FFF_1234_5678)),
    ]
    for value in values {
      let signature = Signature(value.type, returning: value.type)
      let closure = try ForeignClosure(signature, onFailure: value) { $0[0] }
      let function = try ForeignFunction(at: closure.address, signature)
      #expect(function(value) == value)
      #expect(closure.failure == nil)
    }
  }

  @Test("Integers, reals and addresses are read whatever their width")
  func reading() {
    #expect(CValue.int8(-3).integer == -3)
    #expect(CValue.uint32(4_000_000_000).integer == 4_000_000_000)
    #expect(CValue.float(0.25).real == 0.25)
    let text = "abc"
    text.withCString { characters in
      let address = CValue.constant(characters).address
      #expect(address == UnsafeMutableRawPointer(mutating: characters))
    }
  }
}

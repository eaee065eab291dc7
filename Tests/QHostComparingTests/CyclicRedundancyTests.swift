import QHostComparing
import QHostRuntime
import Testing

@Suite("Checksums")
struct CyclicRedundancyTests {
  @Test("They have the values of the catalogues for 123456789, and 0 of nothing")
  func checkValues() {
    let digits = Array("123456789".utf8)
    #expect(CyclicRedundancy.zip(digits) == 0xCBF4_3926)
    #expect(CyclicRedundancy.castagnoli(digits) == 0xE306_9283)
    #expect(CyclicRedundancy.zip([UInt8]()) == 0)
  }

  @Test("CRC-32C has the values of RFC 3720")
  func castagnoli() {
    #expect(CyclicRedundancy.castagnoli([UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
    #expect(CyclicRedundancy.castagnoli([UInt8](repeating: 0xFF, count: 32)) == 0x62A8_AB43)
    #expect(CyclicRedundancy.castagnoli((0..<32).map { UInt8($0) }) == 0x46DD_794E)
  }
}

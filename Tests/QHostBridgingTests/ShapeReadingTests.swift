import CQHost
import QHostBridging
import QHostInterfaces
import Testing

@Suite("A shape across the boundary")
struct ShapeReadingTests {
  @Test("It arrives as it was sent", arguments: [[], [4], [14, 14], [3, 0, 2]])
  func roundTrip(extents: [Int]) throws {
    let arena = Arena()
    let shape = Shape(extents)
    #expect(try Shape(reading: shape.stored(in: arena), role: "r") == shape)
  }

  @Test("A shape that cannot be is refused with its role")
  func refused() {
    let arena = Arena()
    func refusal(_ rank: UInt32, _ extents: [UInt64]?) {
      var raw = qhost_shape.sized()
      raw.rank = rank
      raw.extents = extents.map { UnsafePointer(arena.array($0)) }
      let error = #expect(throws: ComponentError.self) {
        _ = try Shape(reading: &raw, role: "its input")
      }
      #expect(error?.message.hasPrefix("its input has") == true)
    }
    refusal(1, nil)
    refusal(1, [.max])
    refusal(1, [1 << 40])
    refusal(2, [1 << 39, 1 << 39])
    #expect(throws: ComponentError.self) { _ = try Shape(reading: nil, role: "r") }
  }
}

import QHostMemory
import Testing

@Suite("Memory for numbers")
struct MemoryTests {
  @Test("A buffer begins on a cache line and holds zeros", arguments: [0, 1, 15, 16, 1_000])
  func buffers(count: Int) {
    let buffer = AlignedBuffer<Float>(count: count)
    #expect(UInt(bitPattern: buffer.start) % 64 == 0)
    #expect(buffer.count == count)
    #expect((0..<max(count, 16)).allSatisfy { buffer.start[$0] == 0 })
  }

  @Test("No memory is shorter than a cache line, whatever its elements are")
  func shortest() {
    let doubles: UnsafeMutableBufferPointer<Double> = AlignedMemory.zeros(3)
    defer { doubles.deallocate() }
    #expect(doubles.count == 8)
    let bytes: UnsafeMutableBufferPointer<UInt8> = AlignedMemory.zeros(65)
    defer { bytes.deallocate() }
    #expect(bytes.count == 65)
    #expect(UInt(bitPattern: bytes.baseAddress) % 64 == 0)
  }

  @Test("Scratch memory has the length that is asked for, and stays where it is while it suffices")
  func scratch() {
    let scratch = Scratch()
    #expect(scratch.reserve(0).isEmpty)
    let first = scratch.reserve(500)
    #expect(first.count == 500)
    first[499] = 3
    let again = scratch.reserve(200)
    #expect(again.count == 200 && again.baseAddress == first.baseAddress)
    #expect(scratch.reserve(501).count == 501)
  }
}

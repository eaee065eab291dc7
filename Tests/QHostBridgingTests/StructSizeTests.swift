import CQHost
import QHostBridging
import Testing

@Suite("Structs that grow")
struct StructSizeTests {
  @Test("A struct of an older author is completed with zeros")
  func older() throws {
    var query = qhost_query.sized()
    query.kind = QHOST_QUERY_CUTS
    query.offset_count = 9
    let read = try #require(qhost_query.reading(&query))
    #expect(read.offset_count == 9)
  }

  @Test("A struct of a newer author is read as far as it is known")
  func newer() throws {
    // Twice the size, all the rest set.
    let size = MemoryLayout<qhost_answer>.size
    let memory = UnsafeMutableRawPointer.allocate(byteCount: 2 * size, alignment: 16)
    defer { memory.deallocate() }
    memory.initializeMemory(as: UInt8.self, repeating: 0xFF, count: 2 * size)
    var answer = qhost_answer.sized()
    answer.struct_size = UInt32(2 * size)
    answer.progress = 0.25
    memory.copyMemory(from: &answer, byteCount: size)
    let read = try #require(
      qhost_answer.reading(memory.assumingMemoryBound(to: qhost_answer.self)))
    #expect(read.progress == 0.25)
    #expect(read.struct_size == UInt32(size), "the copy is no larger than this side's struct")
  }

  @Test("A struct that is smaller than the first release's is refused")
  func tooSmall() {
    var shape = qhost_shape.sized()
    shape.struct_size = UInt32(qhost_shape.firstSize - 1)
    #expect(qhost_shape.reading(&shape) == nil)
    shape.struct_size = 0
    #expect(qhost_shape.reading(&shape) == nil)
  }
}

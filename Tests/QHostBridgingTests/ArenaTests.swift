import QHostBridging
import Testing

@Suite("Arena")
struct ArenaTests {
  @Test("Texts, values and arrays are copied")
  func copies() {
    let arena = Arena()
    #expect(String(cString: arena.text("grün ⚛︎")) == "grün ⚛︎")
    #expect(arena.text(nil as String?) == nil)
    #expect(arena.value(42 as UInt64).pointee == 42)
    let numbers = arena.array([1.5, -2, .infinity])
    #expect((0..<3).map { numbers[$0] } == [1.5, -2, .infinity])
  }

  @Test("An empty array has an address, a list of no texts has none")
  func empty() {
    let arena = Arena()
    let numbers: UnsafeMutablePointer<Double>? = arena.array([])
    #expect(numbers != nil)
    #expect(arena.texts([]) == nil)
  }

  @Test("Lists of texts and of structs are lists of addresses")
  func lists() throws {
    let arena = Arena()
    let texts = try #require(arena.texts(["a", "", "c"]))
    #expect((0..<3).map { texts[$0].map { String(cString: $0) } } == ["a", "", "c"])
    let values = try #require(arena.pointers([7 as Int32, 8]))
    #expect(values[0]?.pointee == 7)
    #expect(values[1]?.pointee == 8)
  }

  @Test("What it holds stays where it is while it grows")
  func stability() {
    let arena = Arena()
    let texts = (0..<2_000).map { arena.text("text \($0)") }
    for (index, text) in texts.enumerated() { #expect(String(cString: text) == "text \(index)") }
  }
}

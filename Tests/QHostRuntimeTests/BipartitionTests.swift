import QHostRuntime
import Testing

@Suite("Bipartitions of inputs")
struct BipartitionTests {
  private let names = ["x1", "x2", "y1", "y2"]

  @Test(
    "Names, numbers and ranges name inputs", arguments: ["1-2|3-4", "x1, x2|y1,y2", "1,x2|3-4"])
  func forms(text: String) throws {
    let parts = try Bipartition(text, inputCount: 4, names: names)
    #expect(parts.first == [0, 1] && parts.second == [2, 3])
    #expect(parts == (try Bipartition(halving: 4)))
  }

  @Test("Parts may be of any size and order")
  func sizes() throws {
    let parts = try Bipartition("4,1-2|3", inputCount: 4, names: [])
    #expect(parts.first == [0, 1, 3] && parts.second == [2])
    #expect(try Bipartition(halving: 5).first == [0, 1])
  }

  @Test(
    "What is not a bipartition is refused with the input or part that is wrong",
    arguments: [
      ("1-2|2-4", "input 'x2' twice"), ("1-2|4", "does not name input 'y1'"),
      ("1-4", "has 1 part;"), ("1|2|3-4", "has 3 parts"), ("|1-4", "leaves one part empty"),
      ("1-2|3-5", "'3-5', and the inputs are 1 to 4"), ("x1,x2|y1,z2", "'z2'"),
      ("2-1|3-4", "'2-1'"), ("0-2|3-4", "'0-2'"), ("a-b|3-4", "'a-b'"),
    ])
  func refusals(text: String, words: String) {
    #expect {
      _ = try Bipartition(text, inputCount: 4, names: names)
    } throws: { error in
      let error = error as? RunError
      return error?.kind == .usage && error?.message.contains(words) == true
    }
    #expect(throws: RunError.self) { _ = try Bipartition(halving: 1) }
  }
}

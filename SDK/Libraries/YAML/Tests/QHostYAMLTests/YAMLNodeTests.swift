import QHostInterfaces
import QHostYAML
import Testing

@Suite("YAML files that know their lines")
struct YAMLNodeTests {
  private func node(_ text: String) throws(ComponentError) -> YAMLNode {
    try YAMLNode(Array(text.utf8), of: "a.yaml", example: "'a:'")
  }

  private func error(_ body: () throws -> Void) -> String {
    do {
      try body()
      return ""
    } catch {
      return "\(error)"
    }
  }

  @Test("Keys, lists, texts and numbers")
  func values() throws {
    let root = try node("a: [1, 2.5, x]\nb: {c: true}\nd: -.inf\n")
    let values = try root.values(of: ["a", "b", "d"], required: ["a"])
    let list = try #require(values["a"])
    #expect(list.isList && !list.isMapping)
    let elements = try list.elements()
    #expect(try elements[0].integer(in: 0...3) == 1 && elements[1].number() == 2.5)
    #expect(try elements[2].text() == "x")
    #expect(try values["b"]?.pairs().first?.value.boolean() == true)
    #expect(try values["d"]?.realNumber() == -.infinity)
  }

  @Test("Errors name file, line and key, and what was probably meant")
  func errors() throws {
    #expect(error { _ = try node("") } == "'a.yaml' is empty; write 'a:' into it")
    let root = try node("a: 1\nlibary: x\n")
    let unknown = error { _ = try root.values(of: ["a", "library"], required: []) }
    #expect(unknown.contains("line 2") && unknown.contains("did you mean 'library'?"))
    let values = try node("a: 1\nb: x\n").values(of: ["a", "b"], required: [])
    let number = error { _ = try values["b"]?.number() }
    #expect(number == "'a.yaml', line 2: b cannot be 'x': it must be a number")
    let list = error { _ = try values["a"]?.elements() }
    #expect(list.contains("must be a list"))
    let range = error { _ = try values["a"]?.integer(in: 2...3) }
    #expect(range.contains("from 2 to 3"))
    let pairs = error { _ = try values["a"]?.pairs() }
    #expect(pairs.contains("keys and values"))
    #expect(error { _ = try node("a: [1\n") }.contains("'a.yaml' is not valid YAML"))
  }
}

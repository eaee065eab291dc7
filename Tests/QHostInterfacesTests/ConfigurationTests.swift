import QHostInterfaces
import Testing

@Suite("Configuration")
struct ConfigurationTests {
  @Test("It gives each value by name and type")
  func itGivesValues() {
    let configuration = Configuration([
      "i": .integer(-3), "r": .real(0.5), "b": .boolean(true), "c": .choice("two", index: 1),
      "t": .text("a b"), "is": .integers([1, 2]), "rs": .reals([0.5]),
    ])
    #expect(configuration.integer("i") == -3)
    #expect(configuration.real("r") == 0.5)
    #expect(configuration.boolean("b"))
    #expect(configuration.choice("c") == "two")
    #expect(configuration.text("t") == "a b")
    #expect(configuration.integers("is") == [1, 2])
    #expect(configuration.reals("rs") == [0.5])
  }

  @Test("A name or a type that was not declared is a programmer's mistake")
  func mistakes() async {
    await #expect(processExitsWith: .failure) {
      _ = Configuration(["i": .integer(1)]).real("i")
    }
    await #expect(processExitsWith: .failure) { _ = Configuration([:]).text("t") }
  }

  @Test("A value's description is what a user would write")
  func descriptions() {
    #expect("\(ParameterValue.integers([12, 8]))" == "12,8")
    #expect("\(ParameterValue.reals([0.5, 1]))" == "0.5,1.0")
    #expect("\(ParameterValue.choice("tanh", index: 0))" == "tanh")
    #expect("\(ParameterValue.boolean(false))" == "false")
    #expect("\(ParameterValue.integers([]))" == "")
  }
}

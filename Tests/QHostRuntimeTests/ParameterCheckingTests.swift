import QHostInterfaces
import QHostRuntime
import Testing

@Suite("Checking what a user set")
struct ParameterCheckingTests {
  private func refusal(_ parameter: ParameterDescriptor, _ text: String) -> String {
    let error = #expect(throws: RunError.self, "\(text)") {
      _ = try parameter.value(of: text, key: "model.x")
    }
    #expect(error?.kind == .usage)
    return error?.message ?? ""
  }

  @Test("Integers and their edges")
  func integers() throws {
    let parameter = ParameterDescriptor.integer("x", default: 1, in: -2...5, "X.")
    for (text, value) in [("-2", -2), ("5", 5), ("0", 0), ("+3", 3)] {
      #expect(try parameter.value(of: text, key: "k") == .integer(value))
    }
    #expect(refusal(parameter, "6") == "model.x cannot be 6: it must be at least -2 and at most 5")
    #expect(refusal(parameter, "-3").contains("at least -2"))
    for text in ["", "1.0", "1e2", "one", " 1", "0x1", "99999999999999999999"] {
      #expect(
        refusal(parameter, text)
          == "model.x cannot be '\(text)': it must be an integer, at least -2 and at most 5")
    }
  }

  @Test("Real numbers and their edges, exclusive and inclusive")
  func reals() throws {
    let closed = ParameterDescriptor.real("x", default: 0, in: 0...1, "X.")
    #expect(try closed.value(of: "0", key: "k") == .real(0))
    #expect(try closed.value(of: "1", key: "k") == .real(1))
    #expect(try closed.value(of: "2.5e-1", key: "k") == .real(0.25))
    #expect(refusal(closed, "1.0000001").contains("at least 0 and at most 1"))
    #expect(refusal(closed, "-1e-300").contains("at least 0"))
    let positive = ParameterDescriptor.positive("x", default: 1, "X.")
    #expect(refusal(positive, "0") == "model.x cannot be 0: it must be above 0")
    #expect(try positive.value(of: "5e-324", key: "k") == .real(.leastNonzeroMagnitude))
    var open = closed
    open.isMaximumExclusive = true
    #expect(refusal(open, "1") == "model.x cannot be 1: it must be at least 0 and below 1")
    for text in ["nan", "inf", "-infinity", "1e999", "half", "", "1,5"] {
      #expect(refusal(closed, text).contains("it must be a number"))
    }
  }

  @Test("Truth values in the words that people use")
  func booleans() throws {
    let parameter = ParameterDescriptor.boolean("x", default: false, "X.")
    for text in ["true", "yes", "on", "1", "True", "YES"] {
      #expect(try parameter.value(of: text, key: "k") == .boolean(true))
    }
    for text in ["false", "no", "off", "0", "FALSE"] {
      #expect(try parameter.value(of: text, key: "k") == .boolean(false))
    }
    #expect(refusal(parameter, "2") == "model.x cannot be '2': it must be true or false")
  }

  @Test("One of several names, with its place among them")
  func choices() throws {
    let parameter = ParameterDescriptor.choice(
      "x", default: "tanh", of: [.init("tanh", ""), .init("relu", "")], "X.")
    #expect(try parameter.value(of: "relu", key: "k") == .choice("relu", index: 1))
    #expect(refusal(parameter, "tahn") == "model.x cannot be 'tahn'; did you mean 'tanh'?")
    #expect(refusal(parameter, "Tanh").contains("did you mean 'tanh'?"))
    #expect(refusal(parameter, "gaussian").contains("choose one of tanh, relu"))
  }

  @Test("Texts and paths are taken as they are")
  func texts() throws {
    let text = ParameterDescriptor.text("x", default: "", "X.")
    let path = ParameterDescriptor.path("x", default: nil, "X.")
    for value in ["", "a=b,c", "ü"] {
      #expect(try text.value(of: value, key: "k") == .text(value))
      #expect(try path.value(of: value, key: "k") == .text(value))
    }
  }

  @Test("Lists, with the range of each element")
  func lists() throws {
    let integers = ParameterDescriptor.integers("x", default: [], in: 1...9, "X.")
    #expect(try integers.value(of: "", key: "k") == .integers([]))
    #expect(try integers.value(of: "3", key: "k") == .integers([3]))
    #expect(try integers.value(of: "1, 9 ,2", key: "k") == .integers([1, 9, 2]))
    #expect(refusal(integers, "1,0").contains("cannot be 0: it must be at least 1"))
    for text in ["1,,2", "1,", ",", "1;2"] {
      #expect(refusal(integers, text).contains("integer"))
    }
    let reals = ParameterDescriptor.reals("x", default: [], in: 0...1, "X.")
    #expect(try reals.value(of: "0.5,1", key: "k") == .reals([0.5, 1]))
    #expect(refusal(reals, "0.5,2").contains("at most 1"))
  }

  @Test(
    "A range in words",
    arguments: [
      (-Double.infinity, Double.infinity, nil), (0, .infinity, "at least 0"),
      (-.infinity, 2.5, "at most 2.5"), (-1, 1e6, "at least -1 and at most 1000000"),
    ] as [(Double, Double, String?)])
  func ranges(low: Double, high: Double, words: String?) {
    #expect(ParameterDescriptor.real("x", default: 0, in: low...high, "X.").range == words)
  }
}

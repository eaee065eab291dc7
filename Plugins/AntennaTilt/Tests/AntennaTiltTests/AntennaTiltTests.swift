import AntennaTilt
import QHostInterfaces
import QHostTesting
import Testing

@Suite("Antenna tilt")
struct AntennaTiltTests {
  @Test("Five sevenths of the rows are for training, one each for validation and the test")
  func splits() throws {
    let dataset = try TiltCase.dataset()
    let description = dataset.datasetDescription
    #expect(description.rowCounts == [.train: 1_000, .validation: 200, .test: 200])
    #expect(description.input == Shape([15]) && description.output == Shape([1]))
    #expect(description.task == .regression && description.scaling == .standardize)
    #expect(description.featureNames.count == 15 && Set(description.featureNames).count == 15)

    let (inputs, labels) = try TiltCase.read(dataset, .train)
    let mean = labels.reduce(0.0) { $0 + Double($1) } / 1_000
    let variance = labels.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / 1_000
    #expect(abs(mean) < 1e-6 && abs(variance - 1) < 1e-5)
    for input in TiltInput.allCases {
      for row in 0..<1_000 {
        let value = Double(inputs[row * 15 + input.rawValue])
        // Rounding to single precision may go beyond an end by half a unit.
        let range = input.range
        let slack = 1e-6 * max(1, abs(range.upperBound))
        #expect(value >= range.lowerBound - slack && value <= range.upperBound + slack)
      }
    }
  }

  @Test("Held-out drops are shown with a sweep of tilts, and no drop is in two splits")
  func sweeps() throws {
    let dataset = try TiltCase.dataset()
    var drops: Set<[Float]> = []
    var count = 0
    for split in Split.allCases {
      let (inputs, _) = try TiltCase.read(dataset, split)
      let sweep = split == .train ? 1 : 10
      for row in 0..<(inputs.count / 15) {
        let rest = Array(inputs[(row * 15 + 1)..<(row * 15 + 15)])
        if row % sweep == 0 {
          #expect(drops.insert(rest).inserted)
          count += 1
        }
        #expect(drops.contains(rest))
        if sweep > 1 {
          #expect(abs(inputs[row * 15] - 1.6 * (Float(row % sweep) + 0.5)) < 1e-5)
        }
      }
    }
    #expect(count == 1_000 + 20 + 20)
  }

  @Test("A seed gives the same rows in every run, another one others")
  func seeds() throws {
    let first = try TiltCase.read(TiltCase.dataset(), .test)
    let again = try TiltCase.read(TiltCase.dataset(["seed": .integer(0)]), .test)
    #expect(first == again)
    let other = try TiltCase.read(TiltCase.dataset(["seed": .integer(1)]), .test)
    #expect(first.inputs != other.inputs)
    let moved = try TiltCase.read(TiltCase.dataset(["user_seed": .integer(1)]), .test)
    #expect(first.inputs == moved.inputs && first.labels != moved.labels)
  }

  @Test("More rows begin with those of fewer")
  func growth() throws {
    let few = try TiltCase.read(TiltCase.dataset(), .train)
    let many = try TiltCase.read(TiltCase.dataset(["samples": .integer(2_800)]), .train)
    #expect(Array(many.inputs[..<few.inputs.count]) == few.inputs)
  }

  @Test(
    "What cannot be simulated is refused by name",
    arguments: [
      (["site_distance_minimum": ParameterValue.real(60)], "no user in reach"),
      (["tilt_minimum": .real(16)], "tilt_minimum 16.0 is not below tilt_maximum 16.0"),
      (["users": .integer(100)], "users 100 is not a multiple of 64"),
      (["samples": .integer(69)], "set at least 70"),
    ])
  func refusals(_ changes: [String: ParameterValue], _ words: String) {
    do {
      _ = try TiltCase.dataset(changes)
      Issue.record("\(changes) were accepted")
    } catch let error as ComponentError {
      #expect(error.kind == .parameter)
      #expect(error.message.contains(words), "\(error.message)")
    } catch {
      Issue.record("\(error)")
    }
  }

  @Test("The antenna's range is in the declaration of tilts")
  func range() throws {
    for name in ["tilt_minimum", "tilt_maximum"] {
      let parameter = try #require(
        AntennaTilt.descriptor.parameters.first { $0.name == name })
      #expect(parameter.minimum == -5 && parameter.maximum == 20)
    }
  }
}

import Foundation
import LinkAdaptation
import QHostInterfaces
import QHostTesting
import Testing

@Suite("Dataset mcs")
struct LinkAdaptationTests {
  @Test("Five sevenths of the rows are for training, one each for validation and the test")
  func splits() throws {
    let dataset = try LinkCase.dataset()
    let description = dataset.datasetDescription
    #expect(description.rowCounts == [.train: 5_000, .validation: 1_000, .test: 1_000])
    #expect(description.task == .classification && description.scaling == .standardize)
    #expect(description.input == Shape([15]) && description.output == Shape([28]))
    let (inputs, labels) = try LinkCase.read(dataset, .train)
    #expect(labels.allSatisfy { $0 >= 0 && $0 < 28 && $0 == $0.rounded() })
    #expect(Set(labels).count > 10)
    for row in 0..<5_000 {
      let state = Array(inputs[(row * 15)..<(row * 15 + 15)])
      #expect(state.allSatisfy { $0.isFinite })
      #expect((0...15).contains(state[0]) && state[4] <= state[5])
      #expect(state[1] >= 4 && state[1] <= 48)
      #expect((-20...20).contains(state[6]) && (3...7).contains(state[13]))
    }
  }

  @Test("A seed gives the same rows in every run, another one others")
  func seeds() throws {
    let first = try LinkCase.read(LinkCase.dataset(), .test)
    let again = try LinkCase.read(LinkCase.dataset(["seed": .integer(0)]), .test)
    #expect(first.inputs == again.inputs && first.targets == again.targets)
    let other = try LinkCase.read(LinkCase.dataset(["seed": .integer(1)]), .test)
    #expect(first.inputs != other.inputs)
  }

  @Test("Values are highest, and 0, at the labels")
  func values() throws {
    let labels = try LinkCase.read(LinkCase.dataset(), .test).targets
    let dataset = try LinkCase.dataset(["target": .choice("q-values", index: 1)])
    #expect(dataset.datasetDescription.task == .regression)
    let values = try LinkCase.read(dataset, .test).targets
    for row in 0..<1_000 {
      let all = values[(row * 28)..<(row * 28 + 28)]
      #expect(all.max() == 0 && values[row * 28 + Int(labels[row])] == 0)
    }
  }

  @Test("The teacher's choices agree with themselves and bring all of the throughput")
  func ends() throws {
    let dataset = try LinkCase.dataset()
    let labels = try LinkCase.read(dataset, .test).targets.map { Int($0) }
    let values = try LinkCase.measure(dataset, .test, schemes: labels)
    #expect(values.map(\.value) == [1, 1, 0])
    let cautious = try LinkCase.measure(dataset, .test, schemes: labels.map { max(0, $0 - 8) })
    #expect(cautious[0].value < 0.2 && cautious[1].value < 1 && cautious[2].value < -0.1)
    let training = try LinkCase.measure(dataset, .train, schemes: [0, 1])
    #expect(training[1].value == -.infinity)
  }

  @Test("A player is measured in the loop, on the same episodes as the teacher")
  func loop() throws {
    let dataset = try LinkCase.dataset(
      ["player": .text("teacher"), "episodes": .integer(40)])
    let labels = try LinkCase.read(dataset, .test).targets.map { Int($0) }
    let values = try LinkCase.measure(dataset, .test, schemes: labels)
    #expect(dataset.metricDescriptions.count == values.count)
    #expect(values[3].value > 1 && values[5].value == 1 && values[5].standardError == 0)
    #expect(values[6].value > 0 && values[6].value < 1)
    #expect(values[7].value > 1, "the teacher's lead over the outer loop that is tuned")
    #expect((values[7].standardError ?? 0) > 0)
  }

  @Test("A file that is not a student is refused by name")
  func student() {
    let path = FileManager.default.temporaryDirectory.path + "/no-student-\(UUID().uuidString)"
    for content in [nil, Data(), Data(repeating: 7, count: 100)] {
      if let content { _ = FileManager.default.createFile(atPath: path, contents: content) }
      defer { try? FileManager.default.removeItem(atPath: path) }
      do {
        _ = try LinkCase.dataset(["player": .text(path)])
        Issue.record("\(path) was taken")
      } catch let error as ComponentError {
        #expect(error.kind == .data && error.message.contains(path), "\(error.message)")
      } catch {
        Issue.record("\(error)")
      }
    }
  }

  @Test("Figures can be drawn")
  func figures() throws {
    let figures = try LinkCase.dataset().figures(parameters: nil)
    #expect(figures.map(\.name) == ["policies", "schemes"])
    for figure in figures {
      let flaw = figure.flaw(elementLimit: 100_000)
      #expect(flaw == nil, "\(figure.name): \(flaw ?? "")")
    }
  }
}

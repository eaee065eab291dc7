import QHostDrawing
import QHostReport
import Testing

@Suite("Looks of combinations")
struct LooksTests {
  static let names = [
    "adam", "cma-es", "de", "ga", "nelder-mead", "openai-es", "pso", "random", "sa", "sgd",
    "tunneling",
  ]

  @Test("Optimizers of this repository have colours of their own, without a table of their names")
  func own() {
    let looks = Looks(Self.names)
    #expect(Set(Self.names.map { looks[$0].colour }).count == Self.names.count)
    #expect(Self.names.allSatisfy { looks[$0].round == 0 })
  }

  @Test("A name has the same look in every report, whatever else is in it and in which order")
  func stable() {
    let all = Looks(Self.names)
    for first in Self.names {
      for second in Self.names {
        for third in ["mine", "adam[learning_rate=0.1]", "sa[proposal=coordinate]"] {
          let looks = Looks([third, second, first])
          #expect(looks[first].colour == all[first].colour)
          #expect(looks[second].colour == all[second].colour)
          #expect(looks[third] == Looks([first, third, second])[third])
        }
      }
    }
  }

  @Test("A name alone decides its colour, which is what it was in earlier versions")
  func recorded() {
    let looks = Looks(["tunneling", "adam", "sa"])
    #expect(looks["tunneling"] == Look(colour: 10))
    #expect(looks["adam"] == Look(colour: 2))
    #expect(looks["sa"] == Look(colour: 5))
  }

  @Test("Settings take colours that are free as long as there are some, and displace no plain name")
  func settings() {
    let grid = (1...9).map { "adam[learning_rate=0.\($0)]" }
    let looks = Looks(grid + ["adam", "sa", "tunneling"])
    let colours = (grid + ["adam", "sa", "tunneling"]).map { looks[$0].colour }
    #expect(Set(colours).count == 12)
    for name in ["adam", "sa", "tunneling"] { #expect(looks[name] == Looks([name])[name]) }
    #expect(
      Looks(grid.reversed())["adam[learning_rate=0.3]"] == Looks(grid)["adam[learning_rate=0.3]"])
  }

  @Test("Of 72 looks any two differ in colour or line, and any two in mark or line")
  func distinct() {
    let looks = (0..<6).flatMap { round in
      (0..<Palette.count).map { Look(colour: $0, round: round) }
    }
    #expect(Set(looks.map { "\($0.colour) \($0.dash)" }).count == 72)
    #expect(Set(looks.map { "\($0.marker) \($0.dash)" }).count == 72)
    let grid = Looks((1...40).map { "ga[population=\($0)]" })
    #expect(Set((1...40).map { grid["ga[population=\($0)]"] }).count == 40)
  }
}

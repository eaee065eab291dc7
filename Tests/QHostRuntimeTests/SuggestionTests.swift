import QHostRuntime
import Testing

@Suite("Suggestion")
struct SuggestionTests {
  @Test(
    "A word that is near is suggested",
    arguments: [
      ("adma", "adam"), ("tuneling", "tunneling"), ("Iris", "iris"), ("mlps", "mlp"),
      ("dataset.dimensoin", "dataset.dimension"),
    ])
  func near(typed: String, meant: String) {
    let names = ["adam", "tunneling", "iris", "mlp", "dataset.dimension", "dataset.function"]
    #expect(Suggestion.sentence(for: typed, among: names) == "; did you mean '\(meant)'?")
  }

  @Test("A word that is far from all lists them all")
  func far() {
    #expect(Suggestion.sentence(for: "quicksort", among: ["ga", "sa"]) == "; choose one of ga, sa")
  }

  @Test("Of none there is none to choose")
  func none() {
    #expect(Suggestion.sentence(for: "x", among: []) == "; there is none to choose from")
  }

  @Test("Of two that are equally near the first by name is suggested")
  func ties() {
    #expect(Suggestion.sentence(for: "sb", among: ["sc", "sa"]) == "; did you mean 'sa'?")
  }

  @Test("An empty word suggests nothing that is long")
  func emptyWord() {
    #expect(Suggestion.sentence(for: "", among: ["adam"]) == "; choose one of adam")
  }

  @Test("A key without its place, or nearly one, is suggested with it")
  func keys() {
    let keys = ["model.hidden", "model.activation", "optimizer.step", "dataset.step"]
    #expect(Suggestion.sentence(forKey: "hidden", among: keys) == "; did you mean 'model.hidden'?")
    #expect(Suggestion.sentence(forKey: "hiden", among: keys) == "; did you mean 'model.hidden'?")
    #expect(
      Suggestion.sentence(forKey: "step", among: keys)
        == "; did you mean 'optimizer.step' or 'dataset.step'?")
    #expect(
      Suggestion.sentence(forKey: "model.hiden", among: keys) == "; did you mean 'model.hidden'?")
    #expect(
      Suggestion.sentence(forKey: "frequency", among: keys).hasPrefix(
        "; choose one of model.hidden"))
  }
}

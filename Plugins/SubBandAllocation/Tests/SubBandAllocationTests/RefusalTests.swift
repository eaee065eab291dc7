import QHostInterfaces
import SubBandAllocation
import Testing

@Suite("Sub-bands that cannot be divided as asked")
struct RefusalTests {
  @Test(
    "Sizes and floors are refused with what to do",
    arguments: [
      ("user-cap", 3, 4, 0.5, "set users to at least 4"),
      ("qos-floor", 9, 8, 0.5, "set users to at most 8"),
      ("qos-floor", 2, 4, 90, "on all 4 sub-bands together"),
      ("interference", 7, 4, 0.5, "shared out evenly among 3 cells"),
    ])
  func refusals(mode: String, users: Int, subBands: Int, floor: Double, words: String) {
    let error = #expect(throws: ComponentError.self) {
      try AllocationCase.dataset(mode, users: users, subBands: subBands, floor: floor)
    }
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
  }

  @Test("A floor that the relaxation refuses has no feasible allocation", arguments: 1...12)
  func relaxation(seed: Int) throws {
    // Between floors that hold easily and those that do not: each refusal is checked against all allocations.
    for floor in [0.5, 1, 1.5, 2, 2.5] {
      let open = try AllocationCase.dataset(
        "qos-floor", users: 3, subBands: 5, seed: seed, floor: 0)
      let rates = try AllocationCase.shown(open)
      var best = 0.0
      AllocationCase.forEach(3, 5) { choices in
        var users = [0.0, 0, 0]
        for (band, user) in choices.enumerated() { users[user] += rates[band * 3 + user] }
        best = max(best, users.min() ?? 0)
      }
      let isRefused =
        (try? AllocationCase.dataset(
          "qos-floor", users: 3, subBands: 5, seed: seed, floor: floor)) == nil
      if isRefused {
        #expect(best < floor, "seed \(seed): \(best) can be had, \(floor) was refused")
      }
      if best < 0.6 * floor { #expect(isRefused, "seed \(seed): \(best), \(floor)") }
    }
  }

  @Test("A category that is none is refused")
  func category() throws {
    let dataset = try AllocationCase.dataset("qos-floor")
    #expect(throws: ComponentError.self) {
      try AllocationCase.score(dataset, [0, 0, 0, 0, 0, 6])
    }
  }
}

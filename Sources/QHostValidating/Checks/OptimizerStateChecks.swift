internal import QHostBridging
internal import QHostInterfaces

/// Checks of what optimizers save and load.
enum OptimizerStateChecks {
  static let all: [Check] = [
    Check(
      "optimizer-resumes", .numeric, .component(.optimizer),
      "A saved state, loaded into a fresh instance, continues to the same queries.",
      needs: .session,
      remedy: "Save all that a later query depends on; the host keeps counts and random streams."
    ) { subject in
      let exercise = try OptimizerChecks.asked(subject)
      // Whatever changes seldom, such as the number of restarts, has changed by the later ones.
      let (places, total) = ([1, 5, 20, 80, 320], 480)
      let (bowl, optimizer) = (Bowl(dimension: 5), try exercise.optimizer())
      var whole: [[Double]] = []
      var states: [[UInt8]] = []
      for (first, next) in zip([0] + places, places + [total]) {
        whole += try OptimizerChecks.queries(optimizer, on: bowl, rounds: first..<next, of: total)
        guard next < total else { break }
        do throws(ComponentError) {
          states.append(try optimizer.save())
        } catch {
          guard error.severity == .unsupported else { throw error }
          throw CheckSkip("it saves no state")
        }
      }
      for (place, state) in zip(places, states) where place < whole.count {
        let fresh = try exercise.optimizer()
        try fresh.load(state)
        let again = try OptimizerChecks.queries(
          fresh, on: Bowl(dimension: 5), rounds: place..<total, of: total)
        try require(
          place + again.count == whole.count,
          "loaded after \(place) queries, it asks \(again.count) more instead of \(whole.count - place)"
        )
        let other = zip(whole[place...], again).enumerated().first { $0.element.0 != $0.element.1 }
        if let other {
          throw CheckFailure(
            "loaded after \(place) queries, its query \(place + other.offset + 1) is another one")
        }
        try require(
          try fresh.recommendation() == optimizer.recommendation(),
          "loaded after \(place) queries, it recommends another point in the end")
      }
    },
    Check(
      "optimizer-refuses-states", .contract, .component(.optimizer),
      "States that are cut, enlarged or garbled are refused, or taken and worked with; nothing crashes.",
      remedy: "Check lengths, places and numbers in load: the bytes come from a file."
    ) { subject in
      let exercise = try OptimizerChecks.asked(subject)
      let optimizer = try exercise.optimizer()
      _ = try OptimizerChecks.trace(optimizer, on: Bowl(dimension: 5), rounds: 0..<5)
      guard let state = try? optimizer.save() else { throw CheckSkip("it saves no state") }
      func isTaken(_ bytes: [UInt8]) -> Bool {
        guard let fresh = try? exercise.optimizer(), (try? fresh.load(bytes)) != nil else {
          return false
        }
        // An index that is out of range crashes where it is used.
        _ = try? OptimizerChecks.trace(fresh, on: Bowl(dimension: 5), rounds: 5..<15)
        return true
      }
      if !state.isEmpty {
        try require(!isTaken(Array(state.dropLast(1))), "it took a state that lacks its last byte")
        try require(!isTaken(state + [0]), "it took a state with a byte too many")
      }
      for place in stride(from: 0, to: state.count, by: max(1, state.count / 64)) {
        var bytes = state
        bytes[place] ^= 0xFF
        _ = isTaken(bytes)
      }
    },
  ]
}

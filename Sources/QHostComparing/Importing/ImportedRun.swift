/// A run that somebody else has made, as their file tells it.
struct ImportedRun: Equatable {
  /// What it was made on.
  enum Problem: Hashable {
    /// A name, to be found among the comparison's.
    case named(String)
    /// A function of COCO's suite `bbob`, by its number, in a dimension.
    case function(Int, dimension: Int)
  }

  /// What their file calls the algorithm; `nil`: nothing.
  var algorithm: String?
  /// What it was made on.
  var problem: Problem
  /// Their seed, or the place of the run among those on its problem, from 1.
  var seed: UInt64
  /// The best loss against evaluations, both in order; at least one.
  var points: [Point]
  /// All evaluations.
  var evaluations: Int
  /// The file and line that it is from, for messages.
  var place: String

  /// A loss after some evaluations.
  struct Point: Equatable {
    var evaluations: Int
    var loss: Double
  }

  /// The improvements: what did not become better is left out.
  var improvements: Improvements {
    var list = Improvements()
    var best = Double.infinity
    for point in points where point.loss < best {
      best = point.loss
      if list.evaluations.last == point.evaluations {
        list.bestLoss[list.bestLoss.count - 1] = best
        continue
      }
      list.evaluations.append(point.evaluations)
      // What a pass of the training split is, they do not tell: an evaluation is taken for one.
      list.forwardEquivalents.append(Double(point.evaluations))
      list.seconds.append(0)
      list.bestLoss.append(best)
    }
    return list
  }
}

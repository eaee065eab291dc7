import QHostInterfaces
import QHostRuntime
import QHostStatistics

/// Entropy against passes, with its intervals.
struct SeparabilityFigure {
  let figure: Figure

  init(_ record: SeparabilityRecord) {
    let known = record.models.allSatisfy { $0.passes != nil }
    // A logarithmic axis has no 0: the start is shown one step before the first.
    let least = record.models.compactMap(\.passes).filter { $0 > 0 }.min() ?? 1
    let isLogarithmic = known && record.models.count > 1
    let places = record.models.enumerated().map { number, model in
      guard isLogarithmic else { return Double(number + 1) }
      let passes = model.passes ?? 0
      return passes > 0 ? passes : least / 2
    }
    let hasStart = record.models.contains { $0.passes == 0 }
    let axis =
      isLogarithmic
      ? Figure.Axis(
        "passes of the training split\(hasStart ? ", the start at the left end" : "")",
        isLogarithmic: true)
      : Figure.Axis("model")
    // Basic intervals of a biased figure may lie beside it.
    let lower = record.models.map { min($0.entropyInterval.lower, $0.entropy) }
    let upper = record.models.map { max($0.entropyInterval.upper, $0.entropy) }
    figure = Figure(
      name: "entropy", title: "\(record.model) on \(record.dataset): Schmidt entropy", x: axis,
      y: Figure.Axis("entropy", unit: "nat"),
      series: [
        Figure.Series(
          name: "entropy, \(Int(100 * record.level)) % interval",
          mark: record.models.count > 1 ? .line : .points, x: places,
          y: record.models.map(\.entropy), lower: lower, upper: upper)
      ])
  }
}

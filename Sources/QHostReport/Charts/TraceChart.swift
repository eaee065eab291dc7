import QHostDrawing
import QHostRuntime

/// The best loss of a run against its cost, from the trace in its folder.
struct TraceChart: Chart {
  private let passes: [Double]
  private let losses: [Double]

  let title = "Best loss"

  /// Reads a trace; `nil` when it has no steps.
  ///
  /// - Throws: kind `data` when the file cannot be read.
  init?(reading path: String) throws(RunError) {
    let text = String(decoding: try FileAccess.read(path), as: UTF8.self)
    var (passes, losses): ([Double], [Double]) = ([], [])
    for line in text.split(separator: "\n").dropFirst() {
      let cells = line.split(separator: ",")
      guard cells.count >= 4, let pass = Double(cells[1]), let loss = Double(cells[3]),
        pass.isFinite, loss.isFinite
      else { continue }
      passes.append(pass)
      losses.append(loss)
    }
    guard !passes.isEmpty else { return nil }
    self.passes = passes
    self.losses = losses
  }

  var label: String { chart.label }

  func drawn(_ pen: Pen) -> (body: String, height: Double) { chart.drawn(pen) }

  private var chart: CurveChart {
    CurveChart(
      title: title, xTitle: "forward passes", yTitle: "best loss",
      xKind: passes.allSatisfy { $0 > 0 } ? .logarithmic : .linear,
      yKind: losses.allSatisfy { $0 > 0 } ? .logarithmic : .linear,
      curves: [
        CurveChart.Curve(name: "best loss", look: Look(colour: 10), x: passes, y: losses)
      ])
  }
}

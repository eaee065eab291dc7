// Draws what a sweep of cuts costs, and what it would cost as whole forward passes.
//
//   swift sweep-cost.swift FOLDER OUT.svg
//
// FOLDER has the records that draw-sweep-cost makes: FAMILY-MEMBER-OPTIMIZER-LOSSES.json.
import Foundation

struct Record: Decodable {
  struct Model: Decodable {
    var parameter_count: Int
  }
  struct Cost: Decodable {
    var loss_evaluations: Double
    var forward_equivalents: Double
    var cpu_seconds: Double
  }
  var model: Model
  var cost: Cost
}

/// What a sweep over one network costs.
struct Sweep {
  let place: Double
  let label: String
  let parameterCount: Int
  /// By cuts and by whole passes, in forward-equivalents and in processor seconds.
  let passes: (cuts: Double, whole: Double)
  let seconds: (cuts: Double, whole: Double)

  init(_ folder: String, _ name: String, place: Double, label: String) throws {
    func record(_ suffix: String) throws -> Record {
      let data = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)-\(suffix).json"))
      return try JSONDecoder().decode(Record.self, from: data)
    }
    func perLoss(_ short: String, _ long: String) throws -> (passes: Double, seconds: Double) {
      let (a, b) = (try record(short).cost, try record(long).cost)
      let losses = b.loss_evaluations - a.loss_evaluations
      return (
        (b.forward_equivalents - a.forward_equivalents) / losses,
        (b.cpu_seconds - a.cpu_seconds) / losses
      )
    }
    parameterCount = try record("tunneling-4000").model.parameter_count
    let losses = 3 * Double(parameterCount)
    let cuts = try perLoss("tunneling-4000", "tunneling-24000")
    let whole = try perLoss("random-64", "random-576")
    self.place = place
    self.label = label
    passes = (losses * cuts.passes, losses * whole.passes)
    seconds = (losses * cuts.seconds, losses * whole.seconds)
    print(
      String(
        format:
          "%@ %d parameters: %.1f passes, %.2f s by cuts; %.0f passes, %.1f s as whole passes",
        name, parameterCount, passes.cuts, seconds.cuts, passes.whole, seconds.whole))
  }
}

/// A panel with a logarithmic axis from 10^low to 10^high.
struct Panel {
  static let (width, height) = (310.0, 190.0)
  static let (blue, red) = ("#0969da", "#d1242f")
  let (left, top): (Double, Double)
  let (low, high): (Int, Int)

  func y(_ value: Double) -> Double {
    top + Self.height * (Double(high) - log10(value)) / Double(high - low)
  }

  func x(_ place: Double) -> Double { left + Self.width * place }

  func frame(_ title: String) -> [String] {
    let right = left + Self.width
    return [
      text(title, left, top - 10, "start"),
      "<g fill=\"\(Self.blue)\">\(text("whole passes", right, top - 10, "end"))</g>",
      "<g fill=\"\(Self.red)\">\(text("cuts", right - 88, top - 10, "end"))</g>",
    ]
      + (low...high).flatMap { exponent in
        let place = y(pow(10, Double(exponent)))
        let label = "10" + superscript(exponent)
        return [
          "<path class=\"grid\" d=\"M\(n(left)) \(n(place))h\(n(Self.width))\"/>",
          text(label, left - 6, place + 4, "end"),
        ]
      }
  }

  func curve(_ values: [(place: Double, value: Double)], _ colour: String)
    -> [String]
  {
    let points = values.map { "\(n(x($0.place))) \(n(y($0.value)))" }
    return [
      "<path d=\"M\(points.joined(separator: "L"))\" stroke=\"\(colour)\" stroke-width=\"2\""
        + " fill=\"none\"/>"
    ]
      + values.map {
        "<circle cx=\"\(n(x($0.place)))\" cy=\"\(n(y($0.value)))\" r=\"3\" fill=\"\(colour)\"/>"
      }
  }

  func labels(_ sweeps: [Sweep], _ axis: String) -> [String] {
    sweeps.map { text($0.label, x($0.place), top + Self.height + 18, "middle") }
      + [text(axis, left + Self.width / 2, top + Self.height + 38, "middle")]
  }
}

func superscript(_ exponent: Int) -> String {
  let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
  return (exponent < 0 ? "⁻" : "") + String(digits[abs(exponent) % 10])
}

func n(_ value: Double) -> String { String(format: "%.1f", value) }

func text(_ string: String, _ x: Double, _ y: Double, _ anchor: String) -> String {
  "<text x=\"\(n(x))\" y=\"\(n(y))\" text-anchor=\"\(anchor)\">\(string)</text>"
}

func column(_ sweeps: [Sweep], left: Double, axis: String) -> [String] {
  let above = Panel(left: left, top: 40, low: 0, high: 6)
  let below = Panel(left: left, top: 280, low: -2, high: 4)
  return above.frame("forward-equivalents of a sweep")
    + above.curve(sweeps.map { ($0.place, $0.passes.whole) }, Panel.blue)
    + above.curve(sweeps.map { ($0.place, $0.passes.cuts) }, Panel.red)
    + below.frame("processor seconds of a sweep")
    + below.curve(sweeps.map { ($0.place, $0.seconds.whole) }, Panel.blue)
    + below.curve(sweeps.map { ($0.place, $0.seconds.cuts) }, Panel.red)
    + below.labels(sweeps, axis)
}

let arguments = CommandLine.arguments
guard arguments.count == 3 else {
  print("usage: swift sweep-cost.swift FOLDER OUT.svg")
  exit(2)
}
let folder = arguments[1]
let widths = try [10, 20, 50, 100, 200, 400].map { units in
  let place = log(Double(units) / 10) / log(40)
  return try Sweep(folder, "width-\(units)", place: 0.04 + 0.92 * place, label: "\(units)")
}
let depths = try (1...5).map { layers in
  let place = Double(layers - 1) / 4
  return try Sweep(folder, "depth-\(layers)", place: 0.04 + 0.92 * place, label: "\(layers)")
}
let few = (widths[0].parameterCount, depths[0].parameterCount)
let many = (widths[5].parameterCount, depths[4].parameterCount)
var lines = [
  "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 740 520\" font-family=\"sans-serif\""
    + " font-size=\"12\" fill=\"#1f2328\">",
  "<style>.grid{stroke:#d0d7de;stroke-width:1}</style>",
  "<rect width=\"740\" height=\"520\" fill=\"#ffffff\"/>",
]
lines += column(
  widths, left: 50, axis: "units H of 784-H-10, \(few.0) to \(many.0) parameters")
lines += column(
  depths, left: 418, axis: "hidden layers of 32, \(few.1) to \(many.1) parameters")
try (lines + ["</svg>", ""]).joined(separator: "\n").write(
  toFile: arguments[2], atomically: true, encoding: .utf8)

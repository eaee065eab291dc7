// Draws the training loss of runs against forward passes, and prints a table of their results.
//
//   swift draw.swift FOLDER OUT.svg NAME...
//
// FOLDER has NAME-1/trace.csv to draw, and NAME-1.json to NAME-10.json for the table.
import Foundation

struct Record: Decodable {
  struct Metrics: Decodable {
    var train: [String: Double]
    var test: [String: Double]
  }
  struct Cost: Decodable {
    var cpu_seconds: Double
  }
  var metrics: Metrics
  var cost: Cost
}

/// The axes: both logarithmic, in powers of ten.
enum Axes {
  static let passes = 0.0...4.0
  static let loss = -4.0...0.5
  static let left = 64.0
  static let top = 16.0
  static let width = 560.0
  static let height = 300.0

  static func x(_ passes: Double) -> Double {
    left + width * (log10(max(passes, 1)) - Self.passes.lowerBound)
      / (Self.passes.upperBound - Self.passes.lowerBound)
  }

  static func y(_ loss: Double) -> Double {
    let exponent = max(log10(max(loss, 1e-300)), Self.loss.lowerBound)
    return top + height * (Self.loss.upperBound - exponent)
      / (Self.loss.upperBound - Self.loss.lowerBound)
  }
}

let colours = ["#d1242f", "#0969da", "#1a7f37", "#9a6700", "#8250df", "#6e7781"]

func number(_ value: Double) -> String { String(format: "%.1f", value) }

func text(_ string: String, _ x: Double, _ y: Double, _ anchor: String = "middle") -> String {
  "<text x=\"\(number(x))\" y=\"\(number(y))\" text-anchor=\"\(anchor)\">\(string)</text>"
}

func power(_ exponent: Int) -> String {
  "10<tspan dy=\"-4\" font-size=\"9\">\(exponent)</tspan>".replacingOccurrences(of: "-", with: "−")
    .replacingOccurrences(of: "dy=\"−4\"", with: "dy=\"-4\"")
    .replacingOccurrences(of: "font−size", with: "font-size")
}

func grid() -> [String] {
  var lines: [String] = []
  let right = Axes.left + Axes.width
  let bottom = Axes.top + Axes.height
  for exponent in Int(Axes.passes.lowerBound)...Int(Axes.passes.upperBound) {
    let x = number(Axes.x(pow(10, Double(exponent))))
    lines.append("<path class=\"grid\" d=\"M\(x) \(Axes.top)V\(bottom)\"/>")
    lines.append(text(power(exponent), Axes.x(pow(10, Double(exponent))), bottom + 18))
  }
  for exponent in Int(Axes.loss.lowerBound)...0 {
    let place = Axes.y(pow(10, Double(exponent)))
    lines.append("<path class=\"grid\" d=\"M\(Axes.left) \(number(place))H\(right)\"/>")
    lines.append(text(power(exponent), Axes.left - 8, place + 4, "end"))
  }
  lines.append(
    text("forward passes of 100 rows, by multiply-adds", Axes.left + Axes.width / 2, bottom + 38))
  let middle = Axes.top + Axes.height / 2
  lines.append(
    "<text transform=\"translate(14 \(number(middle))) rotate(-90)\" text-anchor=\"middle\">"
      + "best training loss so far (below: 0 or nearly)</text>")
  return lines
}

/// The best loss so far as a line of steps.
func curve(_ trace: URL, _ colour: String) throws -> String {
  var path = ""
  let rows = try String(contentsOf: trace, encoding: .utf8).split(separator: "\n").dropFirst()
  var last = (x: "", y: "")
  for row in rows {
    let fields = row.split(separator: ",").compactMap { Double($0) }
    let place = (x: number(Axes.x(fields[1])), y: number(Axes.y(fields[3])))
    if path.isEmpty {
      path = "M\(place.x) \(place.y)"
    } else if place != last {
      path += place.x == last.x ? "V\(place.y)" : "H\(place.x)V\(place.y)"
    }
    last = place
  }
  path += "H\(Axes.left + Axes.width)"
  return "<path class=\"curve\" stroke=\"\(colour)\" d=\"\(path)\"/>"
}

func legend(_ names: [String]) -> [String] {
  names.enumerated().flatMap { index, name in
    let y = Axes.top + 12 + Double(index) * 18
    let x = Axes.left + Axes.width + 12
    let colour = colours[index % colours.count]
    return [
      "<path class=\"curve\" stroke=\"\(colour)\" d=\"M\(x) \(y - 4)h20\"/>",
      text(name, x + 26, y, "start"),
    ]
  }
}

func median(_ values: [Double]) -> Double {
  let sorted = values.sorted()
  return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
}

func tableRow(_ name: String, _ folder: URL) throws -> String {
  let records = try (1...10).map { seed in
    try JSONDecoder().decode(
      Record.self, from: Data(contentsOf: folder.appendingPathComponent("\(name)-\(seed).json")))
  }
  let accuracies = records.compactMap { $0.metrics.test["accuracy"] }
  let mean = accuracies.reduce(0, +) / Double(accuracies.count)
  return String(
    format: "| `\(name)` | %.3f | %.2f | %.2g | %.2g | %.0f |", mean, accuracies.min() ?? 0,
    median(records.compactMap { $0.metrics.train["loss"] }),
    median(records.compactMap { $0.metrics.test["loss"] }),
    1000 * median(records.map(\.cost.cpu_seconds)))
}

let arguments = CommandLine.arguments
guard arguments.count > 3 else {
  print("usage: swift draw.swift FOLDER OUT.svg NAME...")
  exit(2)
}
let folder = URL(fileURLWithPath: arguments[1])
let names = Array(arguments[3...])
var lines = [
  "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 740 364\" font-family=\"sans-serif\" font-size=\"12\">",
  "<style>.grid{stroke:#d0d7de;stroke-width:1}.curve{fill:none;stroke-width:2}</style>",
  "<rect width=\"740\" height=\"364\" fill=\"#ffffff\"/>",
]
lines += grid()
for (index, name) in names.enumerated() {
  let trace = folder.appendingPathComponent("\(name)-1/trace.csv")
  lines.append(try curve(trace, colours[index % colours.count]))
}
lines += legend(names) + ["</svg>"]
try (lines.joined(separator: "\n") + "\n").write(
  toFile: arguments[2], atomically: true, encoding: .utf8)
for name in names { print(try tableRow(name, folder)) }

// Draws the losses of two searches for the angles of a circuit, beside where the paper's search ends.
//
//   swift circuit-training.swift FOLDER OUT.svg
//
// FOLDER has alternating/trace.csv and tunneling/trace.csv.
import Foundation

/// A point of a curve: passes of all rows, and the least loss so far.
typealias Point = (passes: Double, loss: Double)

func curve(_ path: String) throws -> [Point] {
  let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").dropFirst()
  return lines.map { line in
    let fields = line.split(separator: ",").map { Double($0) ?? .nan }
    return (max(fields[1], 1), fields[3])
  }
}

/// The axes: passes in powers of ten, the loss linear.
enum Axes {
  static let (left, top, width, height) = (54.0, 44.0, 600.0, 260.0)
  static let (low, high) = (2.8, 3.25)
  static let decades = 5.5

  static func x(_ passes: Double) -> Double { left + width * log10(passes) / decades }
  static func y(_ loss: Double) -> Double { top + height * (high - loss) / (high - low) }
}

func n(_ value: Double) -> String { String(format: "%.1f", value) }

func text(_ string: String, _ x: Double, _ y: Double, _ anchor: String, _ more: String = "")
  -> String
{
  "<text x=\"\(n(x))\" y=\"\(n(y))\" text-anchor=\"\(anchor)\"\(more)>\(string)</text>"
}

/// A staircase, since the least loss holds until a lesser one is found, as far as the search went.
func staircase(_ points: [Point], until end: Double, _ colour: String) -> String {
  var path = "M\(n(Axes.x(points[0].passes))) \(n(Axes.y(points[0].loss)))"
  for point in points.dropFirst() {
    path += "H\(n(Axes.x(point.passes)))V\(n(Axes.y(point.loss)))"
  }
  return
    "<path d=\"\(path)H\(n(Axes.x(end)))\" fill=\"none\" stroke=\"\(colour)\" stroke-width=\"2\"/>"
}

let arguments = CommandLine.arguments
guard arguments.count == 3 else {
  print("usage: swift circuit-training.swift FOLDER OUT.svg")
  exit(2)
}
let alternating = try curve(arguments[1] + "/alternating/trace.csv")
let tunneling = try curve(arguments[1] + "/tunneling/trace.csv")
let bottom = Axes.top + Axes.height
let (red, blue, grey) = ("#d1242f", "#0969da", "#6e7781")
var lines = [
  "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 720 360\" font-family=\"sans-serif\""
    + " font-size=\"12\" fill=\"#1f2328\">",
  "<rect width=\"720\" height=\"360\" fill=\"#ffffff\"/>",
  text("least loss so far (cross-entropy + part of rows that are wrong)", Axes.left, 20, "start"),
]
for tenth in 28...32 {
  let loss = Double(tenth) / 10
  lines.append(
    "<path d=\"M\(n(Axes.left)) \(n(Axes.y(loss)))h\(n(Axes.width))\" stroke=\"#d0d7de\"/>")
  lines.append(text(n(loss), Axes.left - 6, Axes.y(loss) + 4, "end"))
}
for (exponent, label) in ["1", "10", "100", "1,000", "10,000", "100,000"].enumerated() {
  lines.append(text(label, Axes.x(pow(10, Double(exponent))), bottom + 18, "middle"))
}
lines.append(
  text("forward passes of all 60,000 rows", Axes.left + Axes.width / 2, bottom + 38, "middle"))
/// The paper's training: 100 periods of 2,000 iterations on angles and 200 on the scale.
let paper = Axes.x(220_000)
lines.append(
  "<path d=\"M\(n(paper)) \(n(Axes.top))V\(n(bottom))\" stroke=\"\(grey)\" stroke-dasharray=\"4 3\"/>"
)
let italic = " fill=\"\(grey)\""
lines.append(text("the paper ends here,", paper - 6, Axes.top + 14, "end", italic))
lines.append(text("with 80.2 % of test rows right", paper - 6, Axes.top + 30, "end", italic))
lines.append(staircase(alternating, until: 6_649, red))
lines.append(staircase(tunneling, until: 6_977, blue))
let end = Axes.x(6_800) + 8
lines.append(
  text(
    "COBYLA and simplex", end, Axes.y(alternating[alternating.count - 1].loss) + 4, "start",
    " fill=\"\(red)\""))
lines.append(
  text(
    "tunneling (on minibatches)", end, Axes.y(tunneling[tunneling.count - 1].loss) + 4, "start",
    " fill=\"\(blue)\""))
lines.append("</svg>")
try (lines.joined(separator: "\n") + "\n").write(
  toFile: arguments[2], atomically: true, encoding: .utf8)

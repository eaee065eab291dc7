// Draws cuts of the loss along a weight and the ground states of packets in them.
//
//   swift tunneling.swift SMOOTH.csv STEPS.csv OUT.svg
//
// A file has lines OFFSET,WEIGHT,LOSS, evenly spaced, the weight's present value in the middle.
import Foundation

struct Cut {
  let title: String
  /// The ħ to draw packets for.
  let hbars: [Double]
  let weights: [Double]
  let losses: [Double]

  init(_ title: String, _ path: String, hbars: [Double]) throws {
    self.title = title
    self.hbars = hbars
    let rows = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").dropFirst()
      .map { $0.split(separator: ",").compactMap { Double($0) } }
    weights = rows.map { $0[1] }
    losses = rows.map { $0[2] }
  }

  var lowest: Double { losses.min() ?? 0 }
  /// The typical height: the upper quartile over the lowest, as the trainer has it.
  var height: Double { losses.sorted()[losses.count * 3 / 4] - lowest }
  /// V, 0 at the lowest loss and 1 at a typical height.
  var potential: [Double] { losses.map { min(($0 - lowest) / height, 4) } }

  /// Where steps down from the middle end.
  var descentEnd: Int {
    var place = losses.count / 2
    while let next = [place - 1, place + 1].first(where: {
      losses.indices.contains($0) && losses[$0] < losses[place]
    }) { place = next }
    return place
  }
}

/// The ground state of −(ħ²/2) d²/du² + V between −1 and 1, ψ = 0 one spacing beyond: bisection by
/// Sturm counts for the energy, then inverse iteration.
func groundDensity(_ potential: [Double], hbar: Double) -> [Double] {
  let spacing = 2 / Double(potential.count - 1)
  let hopping = hbar * hbar / (2 * spacing * spacing)
  var (low, high) = (potential.min() ?? 0, (potential.max() ?? 0) + 4 * hopping)
  for _ in 0..<60 {
    let energy = (low + high) / 2
    var pivot = Double.infinity
    var isAbove = false
    for v in potential {
      pivot = v + 2 * hopping - energy - hopping * hopping / pivot
      if pivot < 0 { isAbove = true }
    }
    if isAbove { high = energy } else { low = energy }
  }
  var state = Array(repeating: 1.0, count: potential.count)
  for _ in 0..<4 { state = solve(potential.map { $0 + 2 * hopping - low }, hopping, state) }
  return state.map { $0 * $0 }
}

/// Solves the tridiagonal system with −`hopping` beside the diagonal, and scales to a norm of 1.
func solve(_ diagonal: [Double], _ hopping: Double, _ right: [Double]) -> [Double] {
  var (pivots, x) = (diagonal, right)
  for g in 1..<x.count {
    pivots[g] -= hopping * hopping / pivots[g - 1]
    x[g] += hopping * x[g - 1] / pivots[g - 1]
  }
  x[x.count - 1] /= pivots[x.count - 1]
  for g in (0..<x.count - 1).reversed() { x[g] = (x[g] + hopping * x[g + 1]) / pivots[g] }
  let norm = x.reduce(0) { $0 + $1 * $1 }.squareRoot()
  return x.map { $0 / norm }
}

/// The mean, or that about the highest peak up to where the density falls to half of another.
func readOut(_ density: [Double]) -> Double {
  let top = density.indices.max { density[$0] < density[$1] } ?? 0
  func edge(_ step: Int) -> Int {
    var (bottom, g) = (top, top)
    while density.indices.contains(g + step) {
      g += step
      if density[g] < density[bottom] { bottom = g }
      if density[g] > 0.05 * density[top], density[bottom] < density[g] / 2 { return bottom }
    }
    return g
  }
  let peak = edge(-1)...edge(1)
  return peak.reduce(0) { $0 + density[$1] * Double($1) } / peak.reduce(0) { $0 + density[$1] }
}

/// One cut, its potential above and its packets below, in a column from `left` on.
struct Column {
  static let (width, top, middle, row) = (330.0, 52.0, 190.0, 58.0)
  static let colours = ["#8250df", "#0969da", "#1a7f37", "#d1242f"]
  let cut: Cut
  let left: Double

  func x(_ place: Double) -> Double { left + Self.width * place / Double(cut.losses.count - 1) }
  func y(_ potential: Double) -> Double { Self.top + Self.middle * (1 - potential / 4) }

  func lines() -> [String] {
    let right = left + Self.width
    var lines = [text(cut.title, left + Self.width / 2, 20, "middle")]
    for v in 0...4 {
      let place = y(Double(v))
      lines.append("<path class=\"grid\" d=\"M\(n(left)) \(n(place))H\(n(right))\"/>")
      let loss = String(format: "%.4f", cut.lowest + Double(v) * cut.height)
      lines.append(text(loss, left - 6, place + 4, "end"))
      lines.append(text("\(v)", right + 6, place + 4, "start"))
    }
    lines.append(text("loss", left - 6, Self.top - 12, "end"))
    lines.append(text("V", right + 6, Self.top - 12, "start"))
    lines.append(path(cut.potential.map(y), "stroke=\"#1f2328\" stroke-width=\"2\" fill=\"none\""))
    for (index, hbar) in cut.hbars.enumerated() { lines += packet(index, hbar) }
    let bottom = Self.top + Self.middle + Double(cut.hbars.count) * Self.row
    for place in [0, cut.weights.count / 2, cut.weights.count - 1] {
      let value = String(format: "%.2f", cut.weights[place]).replacingOccurrences(
        of: "-", with: "−")
      lines.append(text(value, x(Double(place)), bottom + 26, "middle"))
    }
    lines.append(text("weight", left + Self.width * 0.75, bottom + 26, "middle"))
    return lines + marks()
  }

  private func packet(_ index: Int, _ hbar: Double) -> [String] {
    let floor = Self.top + Self.middle + 8 + Double(index + 1) * Self.row
    let density = groundDensity(cut.potential, hbar: hbar)
    let highest = density.max() ?? 1
    let style =
      "stroke=\"\(Self.colours[index])\" fill=\"\(Self.colours[index])\" fill-opacity=\".15\""
    let place = x(readOut(density))
    return [
      "<path class=\"grid\" d=\"M\(n(left)) \(n(floor))H\(n(left + Self.width))\"/>",
      path(density.map { floor - 42 * $0 / highest }, style),
      "<path d=\"M\(n(place)) \(n(floor + 4))v-52\" stroke=\"\(Self.colours[index])\""
        + " stroke-dasharray=\"3 2\"/>",
      text("ħ = \(hbar.formatted())", left - 6, floor - 12, "end"),
    ]
  }

  /// The present value, the end of a descent, and the read-out of the last packet.
  private func marks() -> [String] {
    let density = groundDensity(cut.potential, hbar: cut.hbars.last ?? 1)
    let places = [cut.descentEnd, cut.losses.count / 2, Int(readOut(density).rounded())]
    return zip(places, markStyles).map { place, style in
      circle(x(Double(place)), y(cut.potential[place]), style)
    }
  }

  private func path(_ heights: [Double], _ style: String) -> String {
    let points = heights.enumerated().map { "\(n(x(Double($0)))) \(n($1))" }
    return "<path d=\"M\(points.joined(separator: "L"))\" \(style)/>"
  }
}

let markStyles = [
  "r=\"7\" fill=\"#ffffff\" stroke=\"#1f2328\" stroke-width=\"2\"", "r=\"4\"",
  "r=\"5\" fill=\"\(Column.colours[3])\"",
]

func circle(_ x: Double, _ y: Double, _ style: String) -> String {
  "<circle cx=\"\(n(x))\" cy=\"\(n(y))\" \(style)/>"
}

func n(_ value: Double) -> String { String(format: "%.1f", value) }

func text(_ string: String, _ x: Double, _ y: Double, _ anchor: String) -> String {
  "<text x=\"\(n(x))\" y=\"\(n(y))\" text-anchor=\"\(anchor)\">\(string)</text>"
}

let arguments = CommandLine.arguments
guard arguments.count == 4 else {
  print("usage: swift tunneling.swift SMOOTH.csv STEPS.csv OUT.svg")
  exit(2)
}
let cuts = [
  try Cut("sine units, 10 spreads each way", arguments[1], hbars: [1, 0.3, 0.2, 0.03]),
  try Cut("step units, 2.5 spreads each way", arguments[2], hbars: [1, 0.2, 0.1, 0.03]),
]
for (cut, path) in zip(cuts, arguments[1...])
where (cut.losses.min() ?? 0) >= cut.losses[cut.descentEnd] {
  print("error: descent finds the lowest loss of '\(path)'; draw the cut of another weight")
  exit(1)
}
var lines = [
  "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 920 560\""
    + " font-family=\"sans-serif\" font-size=\"12\" fill=\"#1f2328\">",
  "<style>.grid{stroke:#d0d7de;stroke-width:1}</style>",
  "<rect width=\"920\" height=\"560\" fill=\"#ffffff\"/>",
]
lines += Column(cut: cuts[0], left: 68).lines() + Column(cut: cuts[1], left: 530).lines()
let names = ["where descent from there ends", "present value", "read-out at the last ħ"]
for (name, (x, style)) in zip(names, zip([330.0, 190, 570], markStyles)) {
  lines += [circle(x, 540, style), text(name, x + 14, 544, "start")]
}
lines.append("<path d=\"M750 532v16\" stroke=\"#1f2328\" stroke-dasharray=\"3 2\"/>")
lines.append(text("read-out of a packet", 760, 544, "start"))
try (lines + ["</svg>", ""]).joined(separator: "\n").write(
  toFile: arguments[3], atomically: true, encoding: .utf8)

/// The programs of a front as a drawing: bytes to the right, mean cycles upwards, both logarithmic.
struct ParetoChart {
  let front: [Candidate]
  let chosen: Candidate

  private static let (width, height, margin) = (640.0, 400.0, 64.0)

  /// The drawing as SVG.
  var svg: String {
    let xs = Axis(front.map { Double($0.byteCount) }, from: Self.margin, to: Self.width - 24)
    let ys = Axis(front.map(\.meanCycles), from: Self.height - Self.margin, to: 24)
    var parts = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 640 400\" font-family=\"sans-serif\" "
        + "font-size=\"12\">",
      "<rect width=\"640\" height=\"400\" fill=\"white\"/>",
      "<path d=\"M64 24V336H616\" fill=\"none\" stroke=\"black\"/>",
      "<text x=\"340\" y=\"384\" text-anchor=\"middle\">bytes</text>",
      "<text transform=\"translate(16 180) rotate(-90)\" text-anchor=\"middle\">mean cycles</text>",
    ]
    for tick in xs.ticks {
      let x = DeploymentReport.rounded(xs.place(tick), 1)
      parts.append("<path d=\"M\(x) 336v6\" stroke=\"black\"/>")
      parts.append("<text x=\"\(x)\" y=\"356\" text-anchor=\"middle\">\(Int(tick))</text>")
    }
    for tick in ys.ticks {
      let y = DeploymentReport.rounded(ys.place(tick), 1)
      parts.append("<path d=\"M58 \(y)h6\" stroke=\"black\"/>")
      parts.append("<text x=\"54\" y=\"\(y)\" dy=\"4\" text-anchor=\"end\">\(Int(tick))</text>")
    }
    for candidate in front {
      let x = DeploymentReport.rounded(xs.place(Double(candidate.byteCount)), 1)
      let y = DeploymentReport.rounded(ys.place(candidate.meanCycles), 1)
      let isChosen = candidate.kernelNames == chosen.kernelNames
      parts.append(
        "<circle cx=\"\(x)\" cy=\"\(y)\" r=\"5\" fill=\"\(isChosen ? "#c0392b" : "#2c3e50")\"><title>"
          + "\(candidate.kernelNames): \(candidate.byteCount) bytes, "
          + "\(DeploymentReport.rounded(candidate.meanCycles)) cycles</title></circle>")
    }
    return parts.joined(separator: "\n") + "\n</svg>\n"
  }
}

import Foundation
import QHostDrawing
import Testing

@Suite("Colours of charts")
struct PaletteTests {
  /// Linear red, green and blue as they are seen: by everybody, without red, green or blue cones.
  ///
  /// Source: G. M. Machado et al., IEEE TVCG 15 (2009) 1291, table of severity 1.
  static let visions: [[[Double]]] = [
    [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    [
      [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
      [-0.003882, -0.048116, 1.051998],
    ],
    [
      [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
      [-0.011820, 0.042940, 0.968881],
    ],
    [
      [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
      [0.004733, 0.691367, 0.303900],
    ],
  ]

  static func linear(_ colour: String) -> [Double] {
    let bits = Int(colour.dropFirst(), radix: 16) ?? 0
    return [16, 8, 0].map { shift in
      let part = Double((bits >> shift) & 255) / 255
      return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    }
  }

  /// CIE L*a*b*.
  static func perceived(_ colour: String, _ vision: [[Double]]) -> [Double] {
    let own = linear(colour)
    let rgb = vision.map { row in min(max(zip(row, own).map(*).reduce(0, +), 0), 1) }
    let x = (0.4124 * rgb[0] + 0.3576 * rgb[1] + 0.1805 * rgb[2]) / 0.95047
    let y = 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]
    let z = (0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2]) / 1.08883
    let f = [x, y, z].map { $0 > 0.008856 ? pow($0, 1 / 3) : 7.787 * $0 + 16.0 / 116 }
    return [116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])]
  }

  static func luminance(_ colour: String) -> Double {
    zip([0.2126, 0.7152, 0.0722], linear(colour)).map(*).reduce(0, +)
  }

  @Test(
    "stand out from their background by 3 to 1, as WCAG 2.1 asks of graphics",
    arguments: [(Palette.light, "#ffffff"), (Palette.dark, "#101418")])
  func contrast(colours: [String], background: String) {
    for colour in colours {
      let (a, b) = (Self.luminance(colour) + 0.05, Self.luminance(background) + 0.05)
      #expect(max(a, b) / min(a, b) >= 3, "\(colour)")
    }
  }

  @Test(
    "differ with any kind of colour vision",
    arguments: [Palette.light, Palette.dark])
  func differences(colours: [String]) {
    for vision in Self.visions {
      let seen = colours.map { Self.perceived($0, vision) }
      for (place, one) in seen.enumerated() {
        for other in seen[..<place] {
          let distance = zip(one, other).map { ($0 - $1) * ($0 - $1) }.reduce(0, +).squareRoot()
          // A difference of about 2 is just seen when colours lie side by side.
          #expect(distance > 15, "\(colours[place])")
        }
      }
    }
  }

  @Test("are as many in both themes, and as many as marks")
  func counts() {
    #expect(Palette.light.count == Palette.dark.count)
    #expect(Palette.count == Marker.allCases.count)
  }
}
